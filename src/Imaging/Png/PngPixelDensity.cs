using System.Buffers.Binary;

namespace VaeCodec.Imaging.Png;

/// <summary>The chunk pHYs: pixels a metre along a row and a column, or their ratio alone (PNG third edition, 11.3.4.3).</summary>
internal static class PngPixelDensity
{
    /// <summary>Bytes of its payload.</summary>
    internal const int Bytes = 9;

    private const int Metre = 1;
    private const int Centimetres = 100;

    /// <summary>Reads one. One that is not as it should be says nothing; pixels do not depend on it.</summary>
    internal static PixelDensity? Read(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != Bytes || payload[8] > Metre)
        {
            return null;
        }

        (int x, int y) = (BinaryPrimitives.ReadInt32BigEndian(payload), BinaryPrimitives.ReadInt32BigEndian(payload[4..]));
        if (x <= 0 || y <= 0)
        {
            return null;
        }

        return payload[8] == Metre
            ? new PixelDensity((double)x / Centimetres, (double)y / Centimetres, PixelDensityUnit.Centimetre).OrNull
            : new PixelDensity(x, y, PixelDensityUnit.None).OrNull;
    }

    /// <summary>The chunk's payload; null where the density is beyond its numbers.</summary>
    internal static byte[]? Write(PixelDensity density)
    {
        double scale = density.Unit switch
        {
            PixelDensityUnit.Inch => Centimetres / PixelDensity.Inch,
            PixelDensityUnit.Centimetre => Centimetres,
            _ => double.IsInteger(density.X) && double.IsInteger(density.Y) ? 1 : 1000,
        };
        (double x, double y) = (Math.Round(density.X * scale), Math.Round(density.Y * scale));
        if (x is < 1 or > int.MaxValue || y is < 1 or > int.MaxValue)
        {
            return null;
        }

        byte[] payload = new byte[Bytes];
        BinaryPrimitives.WriteInt32BigEndian(payload, (int)x);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(4), (int)y);
        payload[8] = (byte)(density.Unit == PixelDensityUnit.None ? 0 : Metre);
        return payload;
    }
}
