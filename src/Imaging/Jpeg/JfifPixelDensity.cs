using System.Buffers.Binary;

namespace VaeCodec.Imaging.Jpeg;

/// <summary>The density in a JFIF segment (ITU-T T.871, 10.1): whole pixels an inch or a centimetre, or their ratio alone.</summary>
internal static class JfifPixelDensity
{
    /// <summary>Where a segment's payload has it: behind "JFIF", a zero and the version.</summary>
    private const int Offset = 7;

    /// <summary>Reads one from the payload of a segment; null where it is no JFIF segment, or says nothing.</summary>
    internal static PixelDensity? Read(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < Offset + 5 || !payload.StartsWith(JpegMarkers.Jfif) || payload[Offset] > 2)
        {
            return null;
        }

        (int x, int y) = (BinaryPrimitives.ReadUInt16BigEndian(payload[(Offset + 1)..]), BinaryPrimitives.ReadUInt16BigEndian(payload[(Offset + 3)..]));
        return x == 0 || y == 0 ? null : new PixelDensity(x, y, (PixelDensityUnit)(payload[Offset] + 1)).OrNull;
    }

    /// <summary>Writes one into the payload of a segment, where it is one of JFIF and the density within its numbers.</summary>
    internal static void Write(PixelDensity density, Span<byte> payload)
    {
        if (payload.Length < Offset + 5 || !payload.StartsWith(JpegMarkers.Jfif))
        {
            return;
        }

        // What is not whole in centimetres mostly is in inches: 118.11 are 300.
        (double x, double y, PixelDensityUnit unit) = density;
        if (unit == PixelDensityUnit.Centimetre && !(double.IsInteger(x) && double.IsInteger(y)))
        {
            (x, y, unit) = (x * PixelDensity.Inch, y * PixelDensity.Inch, PixelDensityUnit.Inch);
        }

        if (unit == PixelDensityUnit.None && (Math.Max(x, y) > ushort.MaxValue || !(double.IsInteger(x) && double.IsInteger(y))))
        {
            // Only the ratio counts: as exact as the numbers allow.
            double scale = ushort.MaxValue / Math.Max(x, y);
            (x, y) = (x * scale, y * scale);
        }

        (x, y) = (Math.Round(x), Math.Round(y));
        if (x is < 1 or > ushort.MaxValue || y is < 1 or > ushort.MaxValue)
        {
            return;
        }

        payload[Offset] = (byte)(unit - 1);
        BinaryPrimitives.WriteUInt16BigEndian(payload[(Offset + 1)..], (ushort)x);
        BinaryPrimitives.WriteUInt16BigEndian(payload[(Offset + 3)..], (ushort)y);
    }
}
