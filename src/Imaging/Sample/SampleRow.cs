namespace VaeCodec.Imaging.Sample;

/// <summary>A row being painted.</summary>
internal sealed class SampleRow(int width)
{
    private readonly SampleColour[] _pixels = new SampleColour[width];

    internal Span<SampleColour> Pixels => _pixels;

    /// <summary>Paints the part of the row between two edges, given in 256ths of a pixel, softly at both ends.</summary>
    internal void Span(long left, long right, int coverage, SampleColour colour)
    {
        if (coverage <= 0 || right <= left)
        {
            return;
        }

        int first = (int)Math.Clamp(left >> 8, 0, _pixels.Length);
        int last = (int)Math.Clamp((right + 255) >> 8, 0, _pixels.Length);
        for (int x = first; x < last; x++)
        {
            long from = Math.Max(left, (long)x << 8);
            long to = Math.Min(right, (x + 1L) << 8);
            _pixels[x] = _pixels[x].To(colour, (int)(((to - from) * coverage) >> 8));
        }
    }
}
