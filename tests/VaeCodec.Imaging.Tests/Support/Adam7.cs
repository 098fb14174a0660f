using VaeCodec.Imaging.Tests.Png;

namespace VaeCodec.Imaging.Tests.Support;

/// <summary>Stores pixels interlaced, by the specification's table of which pixel belongs to which pass (8.2), not by its steps.</summary>
internal static class Adam7
{
    private static readonly string[] s_passes =
        ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

    /// <summary>Filtered scanlines of all passes.</summary>
    /// <param name="samples">One byte a sample, row by row, at depths of up to 8; two, as the file has them, at 16.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="channels">Samples of a pixel: 1 to 4; at a depth of 16 twice as many, for they come in bytes.</param>
    /// <param name="depth">Bits of a sample; below 8 with one channel only.</param>
    /// <param name="random">Chooses filters.</param>
    internal static byte[] Scanlines(byte[] samples, int width, int channels, int depth, Random random)
    {
        int height = samples.Length / (width * channels);
        List<byte> file = [];
        for (char pass = '1'; pass <= '7'; pass++)
        {
            byte[]? above = null;
            for (int y = 0; y < height; y++)
            {
                int row = y * width;
                byte[] line = [.. Enumerable.Range(0, width).Where(x => s_passes[y % 8][x % 8] == pass).SelectMany(x => samples.AsSpan((row + x) * channels, channels).ToArray())];
                if (line.Length > 0)
                {
                    byte[] packed = depth >= 8 ? line : PngReadTests.Pack(line, depth);
                    byte filter = (byte)random.Next(5);
                    file.Add(filter);
                    file.AddRange(PngFilterTests.Do(filter, packed, above ?? new byte[packed.Length], channels));
                    above = packed;
                }
            }
        }

        return [.. file];
    }
}
