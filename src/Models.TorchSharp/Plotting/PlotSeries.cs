namespace VaeCodec.Models.TorchSharp.Plotting;

/// <summary>Points of one run in one panel, and how they are drawn.</summary>
/// <param name="Points">Finite points; lines join them in this order.</param>
/// <param name="Run">Number of the run, which chooses the colour.</param>
/// <param name="Style">How.</param>
internal sealed record PlotSeries(IReadOnlyList<PlotPoint> Points, int Run, PlotStyle Style)
{
    /// <summary>A word beside the last point; null is none.</summary>
    public string? Label { get; init; }
}
