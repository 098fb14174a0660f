namespace VaeCodec.ImageSharp.Tests;

/// <summary>Makes TIFFs that ImageSharp reads and does not write: of more than 8 bits a sample, uncompressed, in one strip.</summary>
internal static class TiffFile
{
    private const int HeaderBytes = 8;
    private const ushort Short = 3;
    private const ushort Long = 4;

    /// <summary>A TIFF.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="channels">1 grey, 3 RGB, 4 RGB and alpha.</param>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="samples">The samples, least significant byte first; an even number of bytes.</param>
    /// <param name="isFloatingPoint">Whether samples are floating-point numbers; of grey ones.</param>
    public static byte[] Create(int width, int height, int channels, ushort bits, byte[] samples, bool isFloatingPoint = false)
    {
        int depths = HeaderBytes + samples.Length, directory = depths + (2 * channels);
        List<(ushort Tag, ushort Type, int Count, int Value)> entries =
        [
            (256, Short, 1, width),
            (257, Short, 1, height),
            (258, Short, channels, channels == 1 ? bits : depths), // BitsPerSample
            (259, Short, 1, 1), // Compression: none
            (262, Short, 1, channels == 1 ? 1 : 2), // PhotometricInterpretation: black is zero, RGB
            (273, Long, 1, HeaderBytes), // StripOffsets
            (277, Short, 1, channels),
            (278, Short, 1, height), // RowsPerStrip
            (279, Long, 1, samples.Length),
        ];
        if (channels == 4)
        {
            entries.Add((338, Short, 1, 2)); // ExtraSamples: alpha that is not multiplied into the colour
        }

        if (isFloatingPoint)
        {
            entries.Add((339, Short, 1, 3)); // SampleFormat
        }

        using MemoryStream file = new();
        using BinaryWriter writer = new(file);
        writer.Write("II*\0"u8);
        writer.Write(directory);
        writer.Write(samples);
        for (int i = 0; i < channels; i++)
        {
            writer.Write(bits);
        }

        writer.Write((ushort)entries.Count);
        foreach ((ushort tag, ushort type, int count, int value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }

        // No further picture.
        writer.Write(0);
        writer.Flush();
        return file.ToArray();
    }
}
