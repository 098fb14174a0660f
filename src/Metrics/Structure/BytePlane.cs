namespace VaeCodec.Metrics.Structure;

/// <summary>A channel of interleaved 8-bit samples, which stay where they are.</summary>
internal sealed class BytePlane(ReadOnlyMemory<byte> pixels, int width, int height, int channels, int channel) : Plane(width, height)
{
    public override void ReadRow(int row, Span<double> samples)
    {
        ReadOnlySpan<byte> source = pixels.Span.Slice(row * Width * channels, Width * channels);
        for (int i = 0, from = channel; i < Width; i++, from += channels)
        {
            samples[i] = source[from];
        }
    }
}
