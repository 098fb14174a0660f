using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VaeCodec.Imaging.Io;

/// <summary>Samples of two bytes: files store the most significant byte first, rows in memory the least.</summary>
internal static class WideSamples
{
    /// <summary>The largest sample of 16 bits.</summary>
    internal const int Most = ushort.MaxValue;

    /// <summary>Turns the byte order of samples round, whichever it is. Both may be the same bytes.</summary>
    internal static void Swap(ReadOnlySpan<byte> from, Span<byte> to) =>
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(from), MemoryMarshal.Cast<byte, ushort>(to));

    /// <summary>Scales a sample of 0 to <paramref name="most"/> to the nearest of 16 bits.</summary>
    internal static ushort Stretch(int sample, int most) =>
        (ushort)((((uint)sample * Most) + ((uint)most / 2)) / (uint)most);

    /// <summary>Turns a row in memory into what a file of 16 bits a sample stores.</summary>
    /// <exception cref="ArgumentException">A sample is above the largest.</exception>
    internal static void ToFileStretched(ReadOnlySpan<byte> row, Span<byte> file, int most)
    {
        if (most == Most)
        {
            Swap(row, file);
            return;
        }

        for (int i = 0; i < row.Length; i += sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16BigEndian(file[i..], Stretch(Take(row[i..], most), most));
        }
    }

    /// <summary>Turns a row in memory into what a file stores that has the same largest sample.</summary>
    /// <exception cref="ArgumentException">A sample is above the largest.</exception>
    internal static void ToFile(ReadOnlySpan<byte> row, Span<byte> file, int most)
    {
        if (most == Most)
        {
            Swap(row, file);
            return;
        }

        for (int i = 0; i < row.Length; i += sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16BigEndian(file[i..], (ushort)Take(row[i..], most));
        }
    }

    private static int Take(ReadOnlySpan<byte> row, int most)
    {
        int sample = BinaryPrimitives.ReadUInt16LittleEndian(row);
        return sample <= most
            ? sample
            : throw new ArgumentException($"The rows have a sample of {sample}, but the largest that the picture's bit depth allows is {most}.", nameof(row));
    }
}
