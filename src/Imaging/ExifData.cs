using System.Buffers.Binary;
using VaeCodec.Imaging.Jpeg;

namespace VaeCodec.Imaging;

/// <summary>EXIF data: a TIFF structure (EXIF 3.0, 4.6).</summary>
internal static class ExifData
{
    private const int HeaderBytes = 8;
    private const int EntryBytes = 12;
    private const ushort XResolution = 0x011A;
    private const ushort YResolution = 0x011B;
    private const ushort ResolutionUnit = 0x0128;
    private const ushort Short = 3;
    private const ushort Rational = 5;

    /// <summary>What densities that are not whole are written in: a hundredth of a pixel a centimetre is a pixel a metre, PNG's unit.</summary>
    private const uint Hundredths = 100;

    /// <summary>Whether bytes begin as EXIF data do.</summary>
    public static bool Begins(ReadOnlySpan<byte> data) => data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8);

    /// <summary>EXIF data that state a density: those of a picture, which stay as they are where they state one themselves, or have no directory that could be read.</summary>
    /// <param name="data">A picture's EXIF data; null for none.</param>
    /// <param name="density">What the picture's file says elsewhere: whole numbers up to 2^32 - 1, or a hundredth of it in hundredths; null for nothing.</param>
    public static byte[]? With(byte[]? data, PixelDensity? density)
    {
        if (density is not { } stated)
        {
            return data;
        }

        if (data is null)
        {
            return Append([.. "II*\0"u8, 0, 0, 0, 0], [], 0, stated, isBig: false);
        }

        if (Directory(data) is not var (entries, isBig))
        {
            return data;
        }

        List<byte[]> kept = [];
        for (ReadOnlySpan<byte> rest = entries; rest.Length >= EntryBytes; rest = rest[EntryBytes..])
        {
            kept.Add(rest[..EntryBytes].ToArray());
        }

        if (kept.Exists(entry => UInt16(entry, isBig) is XResolution or YResolution or ResolutionUnit))
        {
            return data;
        }

        int next = (int)UInt32(data.AsSpan(4), isBig) + sizeof(ushort) + entries.Length;
        uint following = next <= data.Length - sizeof(uint) ? UInt32(data.AsSpan(next), isBig) : 0;
        byte[] grown = Append(data, kept, following, stated, isBig);

        // What a JPEG holds is not to grow beyond what a JPEG can hold.
        return grown.Length <= JpegMetadataWriter.MaxExifBytes ? grown : data;
    }

    /// <summary>Puts a directory behind data, with the entries of theirs and a density, and has them begin with it. Offsets are from the start, so that what the entries point to may stay where it is.</summary>
    private static byte[] Append(byte[] data, List<byte[]> entries, uint following, PixelDensity density, bool isBig)
    {
        int directory = (data.Length + 1) & ~1, count = entries.Count + 3, values = directory + sizeof(ushort) + (count * EntryBytes) + sizeof(uint);
        byte[] grown = new byte[values + (2 * 2 * sizeof(uint))];
        data.CopyTo(grown, 0);
        Write32(grown.AsSpan(4), (uint)directory, isBig);
        Write16(grown.AsSpan(directory), (ushort)count, isBig);
        byte[] Entry(ushort tag, ushort type, uint value)
        {
            byte[] entry = new byte[EntryBytes];
            Write16(entry, tag, isBig);
            Write16(entry.AsSpan(2), type, isBig);
            Write32(entry.AsSpan(4), 1, isBig);
            if (type == Short)
            {
                Write16(entry.AsSpan(8), (ushort)value, isBig);
            }
            else
            {
                Write32(entry.AsSpan(8), value, isBig);
            }

            return entry;
        }

        byte[][] all = [.. entries, Entry(XResolution, Rational, (uint)values), Entry(YResolution, Rational, (uint)values + (2 * sizeof(uint))), Entry(ResolutionUnit, Short, (uint)density.Unit)];
        Span<byte> target = grown.AsSpan(directory + sizeof(ushort));
        foreach (byte[] entry in all.OrderBy(entry => UInt16(entry, isBig)))
        {
            entry.CopyTo(target);
            target = target[EntryBytes..];
        }

        Write32(target, following, isBig);
        uint parts = double.IsInteger(density.X) && double.IsInteger(density.Y) ? 1 : Hundredths;
        foreach (double value in (double[])[density.X, density.Y])
        {
            Write32(grown.AsSpan(values), checked((uint)Math.Round(value * parts)), isBig);
            Write32(grown.AsSpan(values + sizeof(uint)), parts, isBig);
            values += 2 * sizeof(uint);
        }

        return grown;
    }

    /// <summary>The density that EXIF data state.</summary>
    /// <param name="data">The data, which may be damaged.</param>
    /// <returns>The density; null where there is none, or none that says something.</returns>
    public static PixelDensity? Density(ReadOnlySpan<byte> data)
    {
        if (Directory(data) is not var (entries, isBig))
        {
            return null;
        }

        (double? x, double? y, var unit) = (null, null, PixelDensityUnit.Inch);
        for (ReadOnlySpan<byte> rest = entries; rest.Length >= EntryBytes; rest = rest[EntryBytes..])
        {
            ushort type = UInt16(rest[2..], isBig);
            switch (UInt16(rest, isBig))
            {
                case XResolution when type == Rational:
                    x = Ratio(data, UInt32(rest[8..], isBig), isBig);
                    break;
                case YResolution when type == Rational:
                    y = Ratio(data, UInt32(rest[8..], isBig), isBig);
                    break;
                case ResolutionUnit when type == Short:
                    unit = (PixelDensityUnit)UInt16(rest[8..], isBig);
                    break;
            }
        }

        return x is > 0 && y is > 0 && Enum.IsDefined(unit) ? new PixelDensity(x.Value, y.Value, unit).OrNull : null;
    }

    /// <summary>The entries of the first directory, and whether the most significant byte of a number comes first; null where there is no whole directory.</summary>
    private static (byte[] Entries, bool IsBig)? Directory(ReadOnlySpan<byte> data)
    {
        if (!Begins(data) || data.Length < HeaderBytes)
        {
            return null;
        }

        bool isBig = data[0] == 'M';
        uint offset = UInt32(data[4..], isBig);
        if (offset > data.Length - sizeof(ushort))
        {
            return null;
        }

        ReadOnlySpan<byte> entries = data[((int)offset + sizeof(ushort))..];
        int bytes = UInt16(data[(int)offset..], isBig) * EntryBytes;
        return bytes <= entries.Length ? (entries[..bytes].ToArray(), isBig) : null;
    }

    private static double? Ratio(ReadOnlySpan<byte> data, uint offset, bool isBig)
    {
        if (offset > data.Length - (2 * sizeof(uint)))
        {
            return null;
        }

        uint denominator = UInt32(data[((int)offset + sizeof(uint))..], isBig);
        return denominator == 0 ? null : (double)UInt32(data[(int)offset..], isBig) / denominator;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isBig) => isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isBig) => isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void Write16(Span<byte> bytes, ushort value, bool isBig) => BinaryPrimitives.WriteUInt16LittleEndian(bytes, isBig ? BinaryPrimitives.ReverseEndianness(value) : value);

    private static void Write32(Span<byte> bytes, uint value, bool isBig) => BinaryPrimitives.WriteUInt32LittleEndian(bytes, isBig ? BinaryPrimitives.ReverseEndianness(value) : value);
}
