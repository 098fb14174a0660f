namespace VaeCodec.Imaging.Sample;

/// <summary>The near shore: grass with streaks of light, and flowers that grow larger towards the viewer.</summary>
internal sealed class SampleMeadow
{
    private static readonly SampleColour Dark = new(38, 62, 24);
    private static readonly SampleColour Green = new(102, 132, 48);
    private static readonly SampleColour Gold = new(206, 186, 92);
    private static readonly SampleColour[] Flowers = [new(238, 226, 232), new(226, 84, 62), new(246, 206, 70), new(150, 96, 190)];

    private readonly int _height;
    private readonly int[] _top;
    private readonly int _highest;
    private readonly SampleFractal _patches;
    private readonly SampleFractal _blades;

    internal SampleMeadow(int width, int height)
    {
        _height = height;
        _patches = new SampleFractal(401, width, (height / 3) + 2, (height / 12) + 2, 6);
        _blades = new SampleFractal(431, width, (height / 130) + 2, (height / 40) + 4, 7);
        ReadOnlySpan<int> line = new SampleFractal(451, width, (height / 2) + 2, 2, 8).Row(0);
        _top = new int[width];
        _highest = int.MaxValue;
        for (int x = 0; x < width; x++)
        {
            _top[x] = (int)((798L * 256 * height / 1000) + ((long)line[x] * 26 * height / 1000 / 128)
                - ((long)(SampleNoise.Hash(461, x, 0) & 0xFF) * height / 400));
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

        ReadOnlySpan<int> patches = _patches.Row(y);
        ReadOnlySpan<int> blades = _blades.Row(y);
        Span<SampleColour> pixels = row.Pixels;
        for (int x = 0; x < pixels.Length; x++)
        {
            int below = bottom - _top[x];
            if (below > 0)
            {
                int near = (int)Math.Min(256, (below >> 8) * 1024L / _height);
                int light = 150 + (patches[x] >> 8) + (blades[x] >> 8) - (near / 3);
                SampleColour colour = light < 128 ? Dark.To(Green, light * 2) : Green.To(Gold, (light - 128) * 3 / 2);
                pixels[x] = pixels[x].To(colour, below);
            }
        }

        PaintFlowers(y, row);
    }

    private void PaintFlowers(int y, SampleRow row)
    {
        int first = _height * 84 / 100;
        if (y < first)
        {
            return;
        }

        int cell = Math.Max(6, _height / 36);
        int from = y / cell;
        for (int j = from - 1; j <= from + 1; j++)
        {
            for (int i = 0; i <= row.Pixels.Length / cell; i++)
            {
                uint random = SampleNoise.Hash(471, i, j);
                int middleY = (j * cell) + (int)((random >> 8) % (uint)cell);
                if ((random & 3) != 0 || middleY < first)
                {
                    continue;
                }

                int middleX = (i * cell) + (int)((random >> 16) % (uint)cell);
                long radius = 256L * _height / 1024 + ((middleY - first) * 256L / 42);
                SampleColour colour = Flowers[(random >> 28) & 3];
                PaintDisc(y, row, middleX, middleY, radius * (192 + ((random >> 4) & 63)) / 256, colour);
                PaintDisc(y, row, middleX, middleY, radius / 3, colour.To(new SampleColour(92, 60, 20), 150));
            }
        }
    }

    private static void PaintDisc(int y, SampleRow row, long middleX, long middleY, long radius, SampleColour colour)
    {
        long dy = (y - middleY) * 256;
        long square = (radius * radius) - (dy * dy);
        if (square > 0)
        {
            long half = SampleShapes.SquareRoot(square);
            row.Span((middleX * 256) - half, (middleX * 256) + half, 256, colour.Plus((int)(-dy * 26 / (radius + 1))));
        }
    }
}
