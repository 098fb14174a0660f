using System.Numerics;
using System.Runtime.InteropServices;

namespace VaeCodec.Imaging.Png;

/// <summary>Undoes the five filter types (PNG third edition, clause 9).</summary>
internal static class PngUnfilter
{
    /// <summary>Undoes one scanline's filter.</summary>
    /// <param name="filter">The filter type.</param>
    /// <param name="source">Filtered bytes.</param>
    /// <param name="row">Where the bytes go; as long as the source.</param>
    /// <param name="above">The row above, zeros for the first; as long as the source.</param>
    /// <param name="step">Distance to the left neighbour: 1 to 8.</param>
    /// <returns>False when there is no such filter.</returns>
    internal static bool Apply(byte filter, ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                source.CopyTo(row);
                return true;
            case 1 when step == 3:
                Sub3(source, row);
                return true;
            case 1 when step == 1:
                Sub1(source, row);
                return true;
            case 1:
                SubAny(source, row, step);
                return true;
            case 2:
                Up(source, row, above);
                return true;
            case 3 when step == 3:
                Average3(source, row, above);
                return true;
            case 3 when step == 1:
                Average1(source, row, above);
                return true;
            case 3:
                AverageAny(source, row, above, step);
                return true;
            case 4 when step == 3:
                Paeth3(source, row, above);
                return true;
            case 4 when step == 1:
                Paeth1(source, row, above);
                return true;
            case 4:
                PaethAny(source, row, above, step);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The predictor of filter 4 (9.4): of left, above and above left, the one nearest to left + above - above left.</summary>
    internal static int Paeth(int left, int above, int aboveLeft)
    {
        int toLeft = above - aboveLeft;
        int toAbove = left - aboveLeft;
        int toAboveLeft = Distance(toLeft + toAbove);
        toLeft = Distance(toLeft);
        toAbove = Distance(toAbove);
        int nearer = toAbove <= toAboveLeft ? above : aboveLeft;
        return toLeft <= Math.Min(toAbove, toAboveLeft) ? left : nearer;
    }

    /// <summary>The absolute value, without the check that Math.Abs makes, which shows here.</summary>
    private static int Distance(int difference) => (difference ^ (difference >> 31)) - (difference >> 31);

    private static void Up(ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above)
    {
        int vectors = source.Length / Vector<byte>.Count;
        ReadOnlySpan<Vector<byte>> s = MemoryMarshal.Cast<byte, Vector<byte>>(source)[..vectors];
        Span<Vector<byte>> r = MemoryMarshal.Cast<byte, Vector<byte>>(row)[..vectors];
        ReadOnlySpan<Vector<byte>> a = MemoryMarshal.Cast<byte, Vector<byte>>(above)[..vectors];
        for (int i = 0; i < s.Length; i++)
        {
            r[i] = s[i] + a[i];
        }

        for (int i = vectors * Vector<byte>.Count; i < source.Length; i++)
        {
            row[i] = (byte)(source[i] + above[i]);
        }
    }

    private static void Sub1(ReadOnlySpan<byte> source, Span<byte> row)
    {
        row = row[..source.Length];
        byte left = 0;
        for (int i = 0; i < source.Length; i++)
        {
            row[i] = left = (byte)(left + source[i]);
        }
    }

    // The three-byte forms keep the three left neighbours in registers, so their chains of dependent
    // operations run side by side; that is what bounds the speed, not the number of operations.
    private static void Sub3(ReadOnlySpan<byte> source, Span<byte> row)
    {
        row = row[..source.Length];
        byte r = 0, g = 0, b = 0;
        for (int i = 2; i < source.Length; i += 3)
        {
            row[i - 2] = r = (byte)(r + source[i - 2]);
            row[i - 1] = g = (byte)(g + source[i - 1]);
            row[i] = b = (byte)(b + source[i]);
        }
    }

    private static void Average1(ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above)
    {
        row = row[..source.Length];
        above = above[..source.Length];
        int left = 0;
        for (int i = 0; i < source.Length; i++)
        {
            row[i] = (byte)(left = (byte)(source[i] + ((left + above[i]) >> 1)));
        }
    }

    private static void Average3(ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above)
    {
        row = row[..source.Length];
        above = above[..source.Length];
        int r = 0, g = 0, b = 0;
        for (int i = 2; i < source.Length; i += 3)
        {
            row[i - 2] = (byte)(r = (byte)(source[i - 2] + ((r + above[i - 2]) >> 1)));
            row[i - 1] = (byte)(g = (byte)(source[i - 1] + ((g + above[i - 1]) >> 1)));
            row[i] = (byte)(b = (byte)(source[i] + ((b + above[i]) >> 1)));
        }
    }

    private static void Paeth1(ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above)
    {
        row = row[..source.Length];
        above = above[..source.Length];
        int left = 0, corner = 0;
        for (int i = 0; i < source.Length; i++)
        {
            int up = above[i];
            left = (byte)(source[i] + Paeth(left, up, corner));
            row[i] = (byte)left;
            corner = up;
        }
    }

    private static void Paeth3(ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above)
    {
        row = row[..source.Length];
        above = above[..source.Length];
        int r = 0, g = 0, b = 0, cornerR = 0, cornerG = 0, cornerB = 0;
        for (int i = 2; i < source.Length; i += 3)
        {
            int upR = above[i - 2], upG = above[i - 1], upB = above[i];
            r = (byte)(source[i - 2] + Paeth(r, upR, cornerR));
            g = (byte)(source[i - 1] + Paeth(g, upG, cornerG));
            b = (byte)(source[i] + Paeth(b, upB, cornerB));
            row[i - 2] = (byte)r;
            row[i - 1] = (byte)g;
            row[i] = (byte)b;
            (cornerR, cornerG, cornerB) = (upR, upG, upB);
        }
    }

    // Pixels of two bytes and of four and more: the left neighbours are read back from the row. The bytes of a pixel are
    // as many chains of dependent operations, which run side by side.
    private static void SubAny(ReadOnlySpan<byte> source, Span<byte> row, int step)
    {
        row = row[..source.Length];
        source[..step].CopyTo(row);
        for (int i = step; i < source.Length; i++)
        {
            row[i] = (byte)(source[i] + row[i - step]);
        }
    }

    private static void AverageAny(ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        row = row[..source.Length];
        above = above[..source.Length];
        for (int i = 0; i < step; i++)
        {
            row[i] = (byte)(source[i] + (above[i] >> 1));
        }

        for (int i = step; i < source.Length; i++)
        {
            row[i] = (byte)(source[i] + ((row[i - step] + above[i]) >> 1));
        }
    }

    private static void PaethAny(ReadOnlySpan<byte> source, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        row = row[..source.Length];
        above = above[..source.Length];
        for (int i = 0; i < step; i++)
        {
            // Left and above left are zero, so above is the nearest.
            row[i] = (byte)(source[i] + above[i]);
        }

        for (int i = step; i < source.Length; i++)
        {
            row[i] = (byte)(source[i] + Paeth(row[i - step], above[i], above[i - step]));
        }
    }
}
