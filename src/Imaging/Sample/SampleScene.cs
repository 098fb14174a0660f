namespace VaeCodec.Imaging.Sample;

/// <summary>Puts the landscape together, a row at a time.</summary>
internal sealed class SampleScene
{
    private static readonly SampleColour Haze = new(236, 206, 172);
    private static readonly SampleColour Water = new(44, 84, 104);

    private readonly int _height;
    private readonly int _shore;
    private readonly SampleRow _row;
    private readonly SampleRow _mirror;
    private readonly SampleSky _sky;
    private readonly SampleRidge[] _ridges;
    private readonly SampleHouse _house;
    private readonly SampleMeadow _meadow;
    private readonly SampleTree _tree;
    private readonly SampleFractal _ripples;

    internal SampleScene(int width, int height)
    {
        _height = height;
        _shore = (int)(height * 600L / 1000);
        _row = new SampleRow(width);
        _mirror = new SampleRow(width);
        _sky = new SampleSky(width, height, _shore);
        _ridges =
        [
            new SampleRidge(201, width, height, 452, 74, 0, (new(206, 188, 190), new(120, 130, 160), Haze)),
            new SampleRidge(202, width, height, 512, 44, 0, (new(170, 158, 132), new(78, 98, 118), Haze.To(Water, 60))),
            new SampleRidge(203, width, height, 566, 22, 36, (new(112, 116, 62), new(26, 46, 40), new(96, 110, 84))),
        ];
        _house = new SampleHouse(width, height, _shore);
        _meadow = new SampleMeadow(width, height);
        _tree = new SampleTree(width, height);
        _ripples = new SampleFractal(301, width, (height / 7) + 2, (height / 60) + 2, 5);
    }

    /// <summary>Renders row <paramref name="y"/>.</summary>
    internal void Render(int y, Span<byte> rgb)
    {
        if (y < _shore)
        {
            PaintFar(y, _row);
        }
        else
        {
            PaintLake(y);
        }

        _meadow.Paint(y, _row);
        _tree.Paint(y, _row);
        Store(y, rgb);
    }

    private void PaintFar(int y, SampleRow row)
    {
        _sky.Paint(y, row);
        foreach (SampleRidge ridge in _ridges)
        {
            ridge.Paint(y, row);
        }

        _house.Paint(y, row);
    }

    private void PaintLake(int y)
    {
        int below = y - _shore;
        if (y > _height * 9L / 10)
        {
            // The meadow covers all of it; only its first row's colours could show through.
            _row.Pixels.Fill(Water);
            return;
        }

        PaintFar(Math.Max(0, _shore - 1 - (below * 2)), _mirror);
        ReadOnlySpan<int> ripples = _ripples.Row(y);
        Span<SampleColour> mirror = _mirror.Pixels;
        Span<SampleColour> pixels = _row.Pixels;
        long swell = 4 + (below * 40L / _height);
        int depth = (int)(70 + (below * 300L / _height));
        for (int x = 0; x < pixels.Length; x++)
        {
            long shift = ripples[x] * swell * _height / (32768L * 512);
            SampleColour seen = mirror[(int)Math.Clamp(x + shift, 0, pixels.Length - 1)];
            int glint = Math.Max(0, ripples[x] - 7000) >> 9;
            pixels[x] = seen.To(Water, depth - (ripples[x] >> 9)).Plus(glint);
        }
    }

    private void Store(int y, Span<byte> rgb)
    {
        ReadOnlySpan<SampleColour> pixels = _row.Pixels;
        for (int x = 0; x < pixels.Length; x++)
        {
            // Sums of two bytes: grain that is mostly small, a little of it coloured, as a sensor's is.
            uint random = SampleNoise.Hash(701, x, y);
            int grain = (int)((random & 0xFF) + ((random >> 8) & 0xFF)) - 255;
            int tint = (int)(random >> 24) - 128;
            SampleColour colour = pixels[x];
            rgb[(3 * x) + 0] = Clamp(colour.R + (grain / 72) + (tint / 64));
            rgb[(3 * x) + 1] = Clamp(colour.G + (grain / 72));
            rgb[(3 * x) + 2] = Clamp(colour.B + (grain / 72) - (tint / 64));
        }
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
