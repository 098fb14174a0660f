namespace VaeCodec.Imaging.Sample;

/// <summary>A line of hills against what is behind it.</summary>
internal sealed class SampleRidge
{
    private readonly int[] _top;
    private readonly int _highest;
    private readonly int _spread;
    private readonly int _reach;
    private readonly SampleColour _lit;
    private readonly SampleColour _shade;
    private readonly SampleColour _haze;
    private readonly SampleFractal _texture;

    /// <param name="seed">Tells one ridge from another.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="level">Mean height of the line, in thousandths of the picture from the top.</param>
    /// <param name="relief">How far the line goes up and down, in thousandths.</param>
    /// <param name="spikes">Height of the trees upon it, in thousandths; 0 for none.</param>
    /// <param name="colours">Lit, shaded, and the haze at the foot.</param>
    internal SampleRidge(uint seed, int width, int height, int level, int relief, int spikes, (SampleColour Lit, SampleColour Shade, SampleColour Haze) colours)
    {
        (_lit, _shade, _haze) = colours;
        _texture = new SampleFractal(seed + 50, width, (height / 10) + 2, (height / 16) + 2, 8);
        _reach = (height / 40) + 1;
        _spread = Math.Max(1, height / 7);
        ReadOnlySpan<int> line = new SampleFractal(seed, width, (height * 2 / 5) + 2, 2, 1).Row(0);
        var fine = new SampleFractal(seed + 20, width, (height / 6) + 2, 1 << 20, 8);
        ReadOnlySpan<int> detail = fine.Row(0);
        _top = new int[width];
        _highest = int.MaxValue;
        for (int x = 0; x < width; x++)
        {
            long rise = (line[x] + (detail[x] / 2L)) * relief / 128;
            long top = ((long)level * 256 * height / 1000) - (rise * height / 1000);
            _top[x] = (int)(top - Spike(seed, x, height, spikes));
            _highest = Math.Min(_highest, _top[x]);
        }
    }

    internal void Paint(int y, SampleRow row)
    {
        int bottom = (y + 1) * 256;
        if (bottom <= _highest)
        {
            return;
        }

        ReadOnlySpan<int> texture = _texture.Row(y);
        Span<SampleColour> pixels = row.Pixels;
        for (int x = 0; x < pixels.Length; x++)
        {
            int below = bottom - _top[x];
            if (below <= 0)
            {
                continue;
            }

            // Slopes that fall to the right look at the sun.
            int right = Math.Min(_top.Length - 1, x + _reach), left = Math.Max(0, x - _reach);
            int slope = (_top[right] - _top[left]) / ((4 * _reach) + 1);
            int light = 128 + (texture[x] >> 7) + Math.Clamp(slope, -60, 60);
            int haze = (int)Math.Min(220, (below >> 8) * 200L / _spread);
            SampleColour colour = _shade.To(_lit, light).To(_haze, haze);
            pixels[x] = pixels[x].To(colour, below);
        }
    }

    /// <summary>Height in 256ths of a pixel of the conifer that stands at a column, if any.</summary>
    private static long Spike(uint seed, int x, int height, int spikes)
    {
        if (spikes == 0)
        {
            return 0;
        }

        int cell = Math.Max(3, height / 85);
        long highest = 0;
        for (int i = (x / cell) - 1; i <= (x / cell) + 1; i++)
        {
            uint random = SampleNoise.Hash(seed + 7, i, 0);
            int middle = (i * cell) + (int)(random % (uint)cell);
            long tall = spikes * 256L * height / 1000 * (100 + (random >> 25)) / 227;
            long away = Math.Abs(x - middle);
            highest = Math.Max(highest, tall - (tall * away * 10 / (7 * cell)));
        }

        return highest;
    }
}
