namespace VaeCodec;

/// <summary>What a check of a whole .vae file found.</summary>
public sealed record VaeVerification
{
    /// <summary>Most entries of <see cref="Problems"/>.</summary>
    public const int MaxProblems = 100;

    /// <summary>What the file says of itself; null where header or metadata could not be read.</summary>
    public required VaeImageInfo? Info { get; init; }

    /// <summary>Bytes of the file that were read: all of them, unless a problem kept the reader from going on.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Tiles whose bytes match their checksum and whose symbols, where the model is at hand, decode to theirs.</summary>
    public required int IntactTiles { get; init; }

    /// <summary>Tiles that the picture has; 0 where the header could not be read.</summary>
    public required int TileCount { get; init; }

    /// <summary>Whether symbols were decoded: the model that the file names was at hand, and no limit forbade it.</summary>
    public required bool SymbolsDecoded { get; init; }

    /// <summary>What is wrong, in the order of the file, at most <see cref="MaxProblems"/>: exceptions as a decoder would throw them. Empty for a sound file.</summary>
    public required IReadOnlyList<VaeException> Problems { get; init; }

    /// <summary>Whether a decoder with the same models and limits would accept the file, to its last byte; its pixels take memory beyond what is needed here.</summary>
    public bool IsSound => Problems.Count == 0;
}
