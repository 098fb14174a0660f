namespace VaeCodec.Imaging.Sample;

/// <summary>A broad tree near the viewer: a trunk and a crown of overlapping tufts with leaves in light and shade.</summary>
internal sealed class SampleTree
{
    private const int Unit = 4096;

    // Centre and radius of each tuft in thousandths of the picture's height; x counts from the trunk.
    private static readonly (int X, int Y, int Radius)[] Tufts =
    [
        (0, 330, 95), (-90, 390, 80), (85, 380, 85), (-150, 470, 62), (150, 460, 66), (-40, 450, 88), (55, 460, 80),
        (-60, 270, 66), (55, 262, 70), (5, 205, 62), (-112, 330, 52), (128, 318, 50), (-100, 520, 46), (105, 520, 46),
    ];

    private static readonly SampleColour Shade = new(22, 42, 20);
    private static readonly SampleColour Leaf = new(78, 112, 42);
    private static readonly SampleColour Sunlit = new(212, 190, 84);
    private static readonly SampleColour Bark = new(70, 50, 36);

    private readonly int _height;
    private readonly int _middle;
    private readonly SampleFractal _leaves;
    private readonly SampleFractal _twigs;

    internal SampleTree(int width, int height)
    {
        _height = height;
        _middle = (int)(width * 87L / 100);
        _leaves = new SampleFractal(601, width, (height / 24) + 2, (height / 30) + 2, 4);
        _twigs = new SampleFractal(621, width, (height / 130) + 2, (height / 130) + 2, 6);
    }

    internal void Paint(int y, SampleRow row)
    {
        int down = (int)((long)y * 1000 / _height);
        if (down is < 130 or > 900)
        {
            return;
        }

        PaintTrunk(y, down, row);
        if (down > 590)
        {
            return;
        }

        Span<SampleColour> pixels = row.Pixels;
        int reach = (int)(_height * 235L / 1000) + 1;
        int first = Math.Max(0, _middle - reach), last = Math.Min(pixels.Length, _middle + reach);
        if (first >= last)
        {
            return;
        }

        ReadOnlySpan<int> leaves = _leaves.Row(y);
        ReadOnlySpan<int> twigs = _twigs.Row(y);
        long v = (long)y * 1000 * Unit / _height;
        for (int x = first; x < last; x++)
        {
            long u = (x - _middle) * 1000L * Unit / _height;
            (long inside, int light) = Field(u, v);
            long cover = (inside * 16) + ((leaves[x] + twigs[x]) / 42);
            if (cover > 0)
            {
                int lit = light + (leaves[x] >> 8) + (twigs[x] >> 8) - 10;
                SampleColour colour = lit < 128 ? Shade.To(Leaf, lit * 2) : Leaf.To(Sunlit, (lit - 128) * 2);
                pixels[x] = pixels[x].To(colour, (int)Math.Min(256, cover * 2));
            }
        }
    }

    /// <summary>How deep a point lies in the crown (thousandths; negative outside) and how much light falls there.</summary>
    private static (long Inside, int Light) Field(long u, long v)
    {
        long best = long.MinValue, light = 0, weights = 1;
        foreach ((int x, int y, int radius) in Tufts)
        {
            long dx = (u - ((long)x * Unit)) / 64, dy = (v - ((long)y * Unit)) / 64;
            long inside = ((long)radius * radius) - (((dx * dx) + (dy * dy)) >> 12);
            best = inside > best * radius || best == long.MinValue ? inside / radius : best;
            long near = inside + ((long)radius * radius / 2);
            if (near > 0)
            {
                // The sun stands to the left and above. Overlapping tufts share the light, so there are no seams.
                long weight = near * near / radius;
                light += weight * (118 - ((dx + dy) * 110 / (radius * 64L)));
                weights += weight;
            }
        }

        return (best, (int)(light / weights));
    }

    private void PaintTrunk(int y, int down, SampleRow row)
    {
        if (down < 380)
        {
            return;
        }

        int flare = Math.Max(0, down - 800);
        long half = (13L + ((down - 380) / 40) + (flare * flare / 260)) * 256 * _height / 1000;
        long centre = (_middle * 256L) + ((640 - down) * 6L * _height / 1000);
        row.Span(centre - half, centre + half, 256, Bark);
        row.Span(centre - half, centre - (half / 2), 150, new SampleColour(160, 116, 72));
        for (int groove = -1; groove <= 2; groove++)
        {
            long at = centre + (half * groove / 3) + ((long)(SampleNoise.Hash(631, groove, y * 40 / _height) & 255) * _height / 500);
            row.Span(at, at + (half / 10), 150, new SampleColour(34, 24, 20));
        }
    }
}
