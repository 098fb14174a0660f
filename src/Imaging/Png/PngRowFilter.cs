using System.Numerics;

namespace VaeCodec.Imaging.Png;

/// <summary>
/// Filters rows for writing: all five filter types are tried, and the one with the least sum of absolute differences is
/// kept (PNG third edition, 12.7). All vector widths give the same bytes.
/// </summary>
internal sealed class PngRowFilter
{
    private const int Filters = 5;

    private readonly int _step;
    private readonly int _rowBytes;
    private readonly bool _adaptive;
    private readonly byte[][] _filtered = new byte[Filters][];

    // Rows carry one pixel of zeros before them, the neighbour of their first pixel.
    private byte[] _current;
    private byte[] _above;

    /// <param name="step">Bytes of a pixel.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    /// <param name="adaptive">False for filter 0 throughout, which is all that stored (uncompressed) data need.</param>
    internal PngRowFilter(int step, int rowBytes, bool adaptive)
    {
        _step = step;
        _rowBytes = rowBytes;
        _adaptive = adaptive;
        _current = new byte[step + rowBytes];
        _above = new byte[step + rowBytes];
        for (int i = 0; i < (adaptive ? Filters : 1); i++)
        {
            _filtered[i] = new byte[1 + rowBytes];
            _filtered[i][0] = (byte)i;
        }
    }

    /// <summary>Filters the next row.</summary>
    /// <returns>The filter type and the filtered bytes, valid until the next call.</returns>
    internal ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> row)
    {
        (_current, _above) = (_above, _current);
        row.CopyTo(_current.AsSpan(_step));
        if (!_adaptive)
        {
            row.CopyTo(_filtered[0].AsSpan(1));
            return _filtered[0];
        }

        Span<long> sums = stackalloc long[Filters];
        FilterAll(sums);
        int best = 0;
        for (int i = 1; i < Filters; i++)
        {
            best = sums[i] < sums[best] ? i : best;
        }

        return _filtered[best];
    }

    private void FilterAll(Span<long> sums)
    {
        // Bytes are summed in 16-bit lanes: two halves of at most 128 each a step, so 255 steps fit.
        const int StepsBetweenFlushes = 255;
        int width = Vector<byte>.Count;
        int vectorEnd = _rowBytes - (_rowBytes % width);
        int block = width * StepsBetweenFlushes;
        for (int from = 0; from < vectorEnd; from += block)
        {
            FilterBlock(from, Math.Min(vectorEnd, from + block), sums);
        }

        for (int i = vectorEnd; i < _rowBytes; i++)
        {
            int x = _current[_step + i], left = _current[i], up = _above[_step + i], corner = _above[i];
            sums[0] += Put(0, i, x);
            sums[1] += Put(1, i, x - left);
            sums[2] += Put(2, i, x - up);
            sums[3] += Put(3, i, x - ((left + up) >> 1));
            sums[4] += Put(4, i, x - PngUnfilter.Paeth(left, up, corner));
        }
    }

    private int Put(int filter, int index, int difference)
    {
        _filtered[filter][1 + index] = (byte)difference;
        return Math.Abs((int)(sbyte)difference);
    }

    private void FilterBlock(int from, int to, Span<long> sums)
    {
        Vector<ushort> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default;
        ReadOnlySpan<byte> here = _current.AsSpan(_step), lefts = _current;
        ReadOnlySpan<byte> ups = _above.AsSpan(_step), corners = _above;
        Span<byte> out0 = _filtered[0].AsSpan(1), out1 = _filtered[1].AsSpan(1), out2 = _filtered[2].AsSpan(1);
        Span<byte> out3 = _filtered[3].AsSpan(1), out4 = _filtered[4].AsSpan(1);
        for (int i = from; i < to; i += Vector<byte>.Count)
        {
            var x = new Vector<byte>(here[i..]);
            var left = new Vector<byte>(lefts[i..]);
            var up = new Vector<byte>(ups[i..]);
            var corner = new Vector<byte>(corners[i..]);
            Accumulate(x, out0[i..], ref sum0);
            Accumulate(x - left, out1[i..], ref sum1);
            Accumulate(x - up, out2[i..], ref sum2);
            Accumulate(x - Average(left, up), out3[i..], ref sum3);
            Accumulate(x - Paeth(left, up, corner), out4[i..], ref sum4);
        }

        sums[0] += Total(sum0);
        sums[1] += Total(sum1);
        sums[2] += Total(sum2);
        sums[3] += Total(sum3);
        sums[4] += Total(sum4);
    }

    private static void Accumulate(Vector<byte> difference, Span<byte> output, ref Vector<ushort> sum)
    {
        difference.CopyTo(output);
        Vector.Widen(Vector.Min(difference, Vector<byte>.Zero - difference), out Vector<ushort> low, out Vector<ushort> high);
        sum += low + high;
    }

    private static long Total(Vector<ushort> sums)
    {
        Vector.Widen(sums, out Vector<uint> low, out Vector<uint> high);
        return Vector.Sum(low + high);
    }

    /// <summary>Half the sum, rounded down, without a ninth bit.</summary>
    private static Vector<byte> Average(Vector<byte> a, Vector<byte> b) => (a & b) + Vector.ShiftRightLogical(a ^ b, 1);

    /// <summary>
    /// Paeth's predictor in bytes. With p = up - corner and q = left - corner, the three distances are |p|, |q| and
    /// |p + q|. Where p and q have the same sign, the third is never the least; elsewhere it is the difference of the
    /// other two. So nothing needs more than eight bits.
    /// </summary>
    private static Vector<byte> Paeth(Vector<byte> left, Vector<byte> up, Vector<byte> corner)
    {
        Vector<byte> toLeft = Vector.Max(up, corner) - Vector.Min(up, corner);
        Vector<byte> toUp = Vector.Max(left, corner) - Vector.Min(left, corner);
        Vector<byte> differ = Vector.GreaterThanOrEqual(up, corner) ^ Vector.GreaterThanOrEqual(left, corner);
        Vector<byte> apart = Vector.Max(toLeft, toUp) - Vector.Min(toLeft, toUp);
        Vector<byte> toCorner = Vector.ConditionalSelect(differ, apart, Vector<byte>.AllBitsSet);
        Vector<byte> takeLeft = Vector.LessThanOrEqual(toLeft, Vector.Min(toUp, toCorner));
        Vector<byte> other = Vector.ConditionalSelect(Vector.LessThanOrEqual(toUp, toCorner), up, corner);
        return Vector.ConditionalSelect(takeLeft, left, other);
    }
}
