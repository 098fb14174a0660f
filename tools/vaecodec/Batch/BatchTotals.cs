using System.Globalization;

namespace VaeCodec.Tool;

/// <summary>Sums over the files of a batch.</summary>
internal sealed class BatchTotals
{
    private readonly int[] _files = new int[Enum.GetValues<FileStatus>().Length];
    private long _inputBytes;
    private long _outputBytes;

    /// <summary>Adds a file.</summary>
    public void Add(FileReport report)
    {
        _files[(int)report.Status]++;
        _inputBytes += report.InputBytes ?? 0;
        _outputBytes += report.OutputBytes;
    }

    /// <summary>A line for people: "12 encoded, 3 skipped, 1 failed; 23.5 MB to 1.2 MB".</summary>
    /// <param name="done">What the command does to files.</param>
    public string Line(string done)
    {
        List<string> parts = [];
        foreach ((FileStatus status, string word) in ((FileStatus, string)[])[(FileStatus.Done, done), (FileStatus.Planned, $"would be {done}"), (FileStatus.Skipped, "skipped"), (FileStatus.Failed, "failed")])
        {
            if (_files[(int)status] > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_files[(int)status]} {word}"));
            }
        }

        string sizes = _files[(int)FileStatus.Done] > 0 ? $"; {ByteSize.Format(_inputBytes)} to {ByteSize.Format(_outputBytes)}" : "";
        return parts.Count == 0 ? "nothing to do" : string.Join(", ", parts) + sizes;
    }
}
