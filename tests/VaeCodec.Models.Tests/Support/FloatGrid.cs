namespace VaeCodec.Models.Tests.Support;

/// <summary>A whole tensor in memory: row, column, channel.</summary>
internal sealed record FloatGrid(int Width, int Height, int Channels)
{
    public float[] Values { get; } = new float[Width * Height * Channels];

    public ref float this[int row, int column, int channel] => ref Values[(((row * Width) + column) * Channels) + channel];

    public bool Contains(int row, int column) => (uint)row < (uint)Height && (uint)column < (uint)Width;

    public static FloatGrid Random(Random random, int width, int height, int channels)
    {
        FloatGrid grid = new(width, height, channels);
        for (int i = 0; i < grid.Values.Length; i++)
        {
            grid.Values[i] = random.Next(16) switch
            {
                0 => 0f,
                1 => -0f,
                2 => (random.NextSingle() - 0.5f) * 1e-30f,
                3 => (random.NextSingle() - 0.5f) * 1000,
                _ => (random.NextSingle() - 0.5f) * 4,
            };
        }

        return grid;
    }
}
