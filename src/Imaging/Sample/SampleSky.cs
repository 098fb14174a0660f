namespace VaeCodec.Imaging.Sample;

/// <summary>Evening sky: a gradient, a low sun with its glow, drifting clouds.</summary>
internal sealed class SampleSky
{
    private static readonly SampleColour Zenith = new(52, 92, 158);
    private static readonly SampleColour Middle = new(128, 164, 204);
    private static readonly SampleColour Low = new(248, 208, 158);
    private static readonly SampleColour Glow = new(255, 236, 190);
    private static readonly SampleColour CloudLit = new(252, 236, 222);
    private static readonly SampleColour CloudShade = new(150, 146, 172);

    private readonly int _height;
    private readonly int _horizon;
    private readonly long _sunX;
    private readonly long _sunY;
    private readonly SampleFractal _clouds;

    internal SampleSky(int width, int height, int horizon)
    {
        _height = height;
        _horizon = horizon;
        _sunX = (long)width * 66 / 100;
        _sunY = (long)height * 40 / 100;
        _clouds = new SampleFractal(101, width, (height * 2 / 5) + 2, (height / 8) + 2, 7);
    }

    internal void Paint(int y, SampleRow row)
    {
        int down = (int)(Math.Min(y, _horizon) * 512L / Math.Max(1, _horizon));
        SampleColour sky = down < 300 ? Zenith.To(Middle, down * 256 / 300) : Middle.To(Low, (down - 300) * 256 / 212);
        int fewer = down * 36;
        ReadOnlySpan<int> clouds = _clouds.Row(y);
        Span<SampleColour> pixels = row.Pixels;
        long dy = (y - _sunY) * 16384 / _height;
        for (int x = 0; x < pixels.Length; x++)
        {
            long dx = Math.Clamp((x - _sunX) * 16384 / _height, -60000, 60000);
            long distance = (dx * dx) + (dy * dy);
            int glow = (int)((230L << 21) / ((1L << 21) + (distance >> 2)));
            SampleColour colour = sky.To(Glow, glow);
            int density = (clouds[x] + 1500 - (fewer / 4)) >> 5;
            if (density > 0)
            {
                SampleColour cloud = CloudShade.To(CloudLit, 270 - (density / 3) + glow);
                colour = colour.To(cloud, Math.Min(density, 225));
            }

            // The disc, with an edge of about a pixel and a half.
            long edge = (420L * 420) - distance;
            if (edge > -60000)
            {
                colour = colour.To(new SampleColour(255, 250, 232), (int)((edge + 20000) / 140));
            }

            pixels[x] = colour;
        }
    }
}
