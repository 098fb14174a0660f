using System.Buffers.Binary;

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

    /// <summary>EXIF data that hold a density alone.</summary>
    /// <param name="density">The density: whole numbers up to 2^32 - 1, or a hundredth of it in hundredths.</param>
    public static byte[] Of(PixelDensity density)
    {
        const int Values = HeaderBytes + sizeof(ushort) + (3 * EntryBytes) + sizeof(uint);
        byte[] data = new byte[Values + (2 * 2 * sizeof(uint))];
        "II*\0"u8.CopyTo(data);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), HeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(HeaderBytes), 3);
        Span<byte> entries = data.AsSpan(HeaderBytes + sizeof(ushort));
        Entry(entries, XResolution, Rational, Values);
        Entry(entries[EntryBytes..], YResolution, Rational, Values + (2 * sizeof(uint)));
        Entry(entries[(2 * EntryBytes)..], ResolutionUnit, Short, (uint)density.Unit);
        uint parts = double.IsInteger(density.X) && double.IsInteger(density.Y) ? 1 : Hundredths;
        for (int i = 0; i < 2; i++)
        {
            Span<byte> value = data.AsSpan(Values + (i * 2 * sizeof(uint)));
            BinaryPrimitives.WriteUInt32LittleEndian(value, checked((uint)Math.Round((i == 0 ? density.X : density.Y) * parts)));
            BinaryPrimitives.WriteUInt32LittleEndian(value[sizeof(uint)..], parts);
        }

        return data;
    }

    /// <summary>The density that EXIF data state.</summary>
    /// <param name="data">The data, which may be damaged.</param>
    /// <returns>The density; null where there is none, or none that says something.</returns>
    public static PixelDensity? Density(ReadOnlySpan<byte> data)
    {
        if (!Begins(data) || data.Length < HeaderBytes)
        {
            return null;
        }

        bool isBig = data[0] == 'M';
        uint directory = UInt32(data[4..], isBig);
        if (directory > data.Length - sizeof(ushort))
        {
            return null;
        }

        (double? x, double? y, var unit) = (null, null, PixelDensityUnit.Inch);
        ReadOnlySpan<byte> entries = data[(int)directory..];
        int count = UInt16(entries, isBig);
        entries = entries[sizeof(ushort)..];
        for (; count > 0 && entries.Length >= EntryBytes; count--, entries = entries[EntryBytes..])
        {
            ushort type = UInt16(entries[2..], isBig);
            switch (UInt16(entries, isBig))
            {
                case XResolution when type == Rational:
                    x = Ratio(data, UInt32(entries[8..], isBig), isBig);
                    break;
                case YResolution when type == Rational:
                    y = Ratio(data, UInt32(entries[8..], isBig), isBig);
                    break;
                case ResolutionUnit when type == Short:
                    unit = (PixelDensityUnit)UInt16(entries[8..], isBig);
                    break;
            }
        }

        return x is > 0 && y is > 0 && Enum.IsDefined(unit) ? new PixelDensity(x.Value, y.Value, unit).OrNull : null;
    }

    private static void Entry(Span<byte> entry, ushort tag, ushort type, uint value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], value);
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
}
