namespace VaeCodec.Lossless;

/// <summary>The squared error between samples.</summary>
internal static class SampleError
{
    /// <summary>The sum of the squared differences, in levels.</summary>
    /// <param name="left">Samples.</param>
    /// <param name="right">As many others.</param>
    /// <param name="layout">Whether they take one byte or two.</param>
    public static long Squared(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, PixelLayout layout)
    {
        long sum = 0;
        if (layout.BytesPerSample() == 1)
        {
            for (int i = 0; i < left.Length; i++)
            {
                sum += (left[i] - right[i]) * (left[i] - right[i]);
            }

            return sum;
        }

        for (int i = 0; i < left.Length; i += 2)
        {
            long difference = Sample(left, i) - Sample(right, i);
            sum += difference * difference;
        }

        return sum;
    }

    private static int Sample(ReadOnlySpan<byte> samples, int at) => samples[at] | (samples[at + 1] << 8);
}
