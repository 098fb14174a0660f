using System.Buffers.Binary;

namespace VaeCodec.Metrics.Structure;

/// <summary>A channel of interleaved samples of two bytes, the less significant first, which stay where they are.</summary>
internal sealed class WidePlane(ReadOnlyMemory<byte> pixels, int width, int height, int channels, int channel) : Plane(width, height)
{
    private const int SampleBytes = 2;

    public override void ReadRow(int row, Span<double> samples)
    {
        int rowBytes = Width * channels * SampleBytes;
        ReadOnlySpan<byte> source = pixels.Span.Slice(row * rowBytes, rowBytes);
        for (int i = 0, from = channel * SampleBytes; i < Width; i++, from += channels * SampleBytes)
        {
            samples[i] = BinaryPrimitives.ReadUInt16LittleEndian(source[from..]);
        }
    }
}
