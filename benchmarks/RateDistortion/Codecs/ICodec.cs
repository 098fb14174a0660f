using VaeCodec.RateDistortion.Pictures;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>A codec with its settings, as it is measured.</summary>
internal interface ICodec
{
    /// <summary>The name for tables and --codecs.</summary>
    string Name { get; }

    /// <summary>The name that --qualities knows it by as well: what differs only in effort or model is of a family.</summary>
    string Family => Name;

    /// <summary>What it is, for people.</summary>
    string Description { get; }

    /// <summary>Programs or libraries with versions, and for a learned codec the model: results of another version are not reused.</summary>
    string Version { get; }

    /// <summary>The options it is run with; Q stands for the quality.</summary>
    string Settings { get; }

    /// <summary>What the times are of.</summary>
    CodecTiming Timing { get; }

    /// <summary>The qualities to measure where the user names none; empty for a lossless codec, which has one point.</summary>
    IReadOnlyList<int> DefaultQualities { get; }

    /// <summary>The qualities that make sense.</summary>
    (int Least, int Most) QualityRange { get; }

    /// <summary>Encodes to a file and decodes that file.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="quality">The quality; without meaning for a lossless codec.</param>
    /// <param name="scratchFolder">A folder for files, which the caller empties.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>What came out and how long it took.</returns>
    Task<CodecRun> RunAsync(BenchPicture picture, int quality, string scratchFolder, CancellationToken ct);
}
