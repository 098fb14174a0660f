namespace VaeCodec.Metrics.Structure;

/// <summary>
/// A plane of single-precision samples. Four halvings of 16-bit samples need 24 bits, which is what a single has, so every
/// sample of the five scales is exact in it.
/// </summary>
internal sealed class FloatPlane(float[] samples, int width, int height) : Plane(width, height)
{
    public override void ReadRow(int row, Span<double> target)
    {
        ReadOnlySpan<float> source = samples.AsSpan(row * Width, Width);
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }
}
