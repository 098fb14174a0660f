namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.2: how planes are made of samples, and samples of planes.</summary>
internal static class PlaneTransform
{
    private const int Green = 1;
    private const int Blue = 2;

    /// <summary>What a plane is less by than its sample: red for P1 of colour, the mean of red and green for P2, otherwise 0.</summary>
    /// <param name="format">What the samples are.</param>
    /// <param name="plane">Number of the plane, which is that of its sample.</param>
    /// <param name="samples">Samples of the pixel, those before this one known.</param>
    public static int LessBy(SampleFormat format, int plane, int[] samples) => (format.Colours, plane) switch
    {
        (3, Green) => samples[0],
        (3, Blue) => (samples[0] + samples[1]) >> 1,
        _ => 0,
    };

    /// <summary>Where the range of a plane begins; it ends at h.</summary>
    public static int LeastSample(SampleFormat format, int plane, int h) => plane == 0 || format.IsAlpha(plane) ? 0 : -h;
}
