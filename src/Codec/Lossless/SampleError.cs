using System.Buffers.Binary;

namespace VaeCodec.Lossless;

/// <summary>The squared error between samples.</summary>
internal static class SampleError
{
    /// <summary>The sum of the squared differences, in levels.</summary>
    /// <param name="left">Pixels.</param>
    /// <param name="right">As many others.</param>
    /// <param name="layout">The samples of a pixel.</param>
    /// <param name="hidden">For each pixel whether it is transparent and does not count; empty where none is.</param>
    public static long Squared(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, PixelLayout layout, ReadOnlySpan<bool> hidden)
    {
        long sum = 0;
        int sampleBytes = layout.BytesPerSample(), pixelBytes = layout.BytesPerPixel();
        for (int i = 0; i < left.Length; i += sampleBytes)
        {
            if (hidden.IsEmpty || !hidden[i / pixelBytes])
            {
                long difference = sampleBytes == 1 ? left[i] - right[i] : BinaryPrimitives.ReadUInt16LittleEndian(left[i..]) - BinaryPrimitives.ReadUInt16LittleEndian(right[i..]);
                sum += difference * difference;
            }
        }

        return sum;
    }
}
