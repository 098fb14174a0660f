namespace VaeCodec.Models.TorchSharp.Plotting;

/// <summary>How a series is drawn.</summary>
internal enum PlotStyle
{
    /// <summary>A faint thin line: values as they were logged.</summary>
    Raw,

    /// <summary>A strong line: smoothed values.</summary>
    Smooth,

    /// <summary>A line with filled markers: held-out pictures.</summary>
    HeldOut,

    /// <summary>A dashed line with hollow markers: training pictures.</summary>
    Training,

    /// <summary>A thin line between a held-out and a training value: the gap.</summary>
    Gap,
}
