namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.2: how planes are made of samples, and samples of planes.</summary>
internal static class PlaneTransform
{
    /// <summary>The samples of a pixel, from its values in the planes.</summary>
    public static int[] ToSamples(int[] planes)
    {
        switch (planes.Length)
        {
            case 1:
                return [planes[0]];
            case 3:
                int red = planes[0];
                int green = planes[1] + red;
                int blue = planes[2] + ((red + green) >> 1);
                return [red, green, blue];
            default:
                throw new DecodingException(FailureKind.UnsupportedFeature, $"A lossless picture of {planes.Length} channels.");
        }
    }

    /// <summary>The values of a pixel in the planes, from its samples.</summary>
    public static int[] ToPlanes(int[] samples) => samples.Length == 1
        ? samples
        : [samples[0], samples[1] - samples[0], samples[2] - ((samples[0] + samples[1]) >> 1)];

    /// <summary>Where the range of a plane begins; it ends at the maximum.</summary>
    public static int LeastSample(int plane, int maximum) => plane == 0 ? 0 : -maximum;
}
