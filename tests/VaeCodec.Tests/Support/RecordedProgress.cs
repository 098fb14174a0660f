namespace VaeCodec.Tests.Support;

/// <summary>Keeps what is reported, on the reporting thread; may act on each report.</summary>
internal sealed class RecordedProgress(Action<VaeProgress>? then = null) : IProgress<VaeProgress>
{
    public List<VaeProgress> Reports { get; } = [];

    public void Report(VaeProgress value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
