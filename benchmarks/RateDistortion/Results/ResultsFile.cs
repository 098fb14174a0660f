using System.Diagnostics;
using System.Text.Json;
using VaeCodec.RateDistortion.CommandLine;

namespace VaeCodec.RateDistortion.Results;

/// <summary>A results file on disk. It is replaced whole, so a reader or a crash never finds half of one.</summary>
internal sealed class ResultsFile
{
    private readonly string? _path;
    private readonly string _baseline;
    private long _saved = Stopwatch.GetTimestamp();

    private ResultsFile(string? path, string baseline, ResultsDocument document)
    {
        _path = path;
        _baseline = baseline;
        Document = document;
    }

    /// <summary>The content.</summary>
    public ResultsDocument Document { get; }

    /// <summary>How long after a save <see cref="SaveSometimes"/> does nothing.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Reads the file, or starts an empty one.</summary>
    /// <param name="path">Where; null keeps the results in memory only.</param>
    /// <param name="baseline">The codec to compare with.</param>
    /// <exception cref="BenchUsageException">The file is there and is no results file.</exception>
    public static ResultsFile Open(string? path, string baseline)
    {
        if (path is null || !File.Exists(path))
        {
            return new ResultsFile(path, baseline, new ResultsDocument { Updated = DateTimeOffset.UtcNow });
        }

        try
        {
            ResultsDocument? document = JsonSerializer.Deserialize(File.ReadAllBytes(path), ResultsJson.Default.ResultsDocument);
            if (document?.Format != ResultsDocument.CurrentFormat)
            {
                throw new BenchUsageException($"{path} is of format '{document?.Format}', not {ResultsDocument.CurrentFormat}. Name another file.");
            }

            return document.Flaw is { } flaw
                ? throw new BenchUsageException($"{path} is no results file: {flaw}. Name another file.")
                : new ResultsFile(path, baseline, document);
        }
        catch (JsonException exception)
        {
            throw new BenchUsageException($"{path} is no results file: {exception.Message} Name another file.", exception);
        }
    }

    /// <summary>Saves if the last time is a while ago.</summary>
    public void SaveSometimes()
    {
        if (Stopwatch.GetElapsedTime(_saved) > Pause)
        {
            Save();
        }
    }

    /// <summary>Brings means and BD-rates up to date, and writes the file.</summary>
    public void Save()
    {
        Document.Derive(_baseline);
        if (_path is not null)
        {
            WholeFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(Document, ResultsJson.Default.ResultsDocument));
        }

        _saved = Stopwatch.GetTimestamp();
    }
}
