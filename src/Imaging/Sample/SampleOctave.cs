using System.Numerics;

namespace VaeCodec.Imaging.Sample;

/// <summary>One octave of value noise, a row at a time: hashed lattice values, eased in both directions, in integers.</summary>
internal sealed class SampleOctave
{
    private readonly uint _seed;
    private readonly int _cellWidth;
    private readonly int _cellHeight;
    private readonly int _amplitude;
    private readonly int[] _weights;
    private readonly int[] _lattice;
    private int[] _top;
    private int[] _bottom;
    private int _latticeRow = int.MinValue;

    internal SampleOctave(uint seed, int width, int cellWidth, int cellHeight, int amplitude)
    {
        _seed = seed;
        _cellWidth = cellWidth;
        _cellHeight = cellHeight;
        _amplitude = amplitude;
        int points = (width / cellWidth) + 2;
        _lattice = new int[points];
        _top = new int[points];
        _bottom = new int[points];
        _weights = new int[cellWidth];
        for (int i = 0; i < cellWidth; i++)
        {
            _weights[i] = SampleNoise.Ease(i, cellWidth);
        }
    }

    /// <summary>Adds row <paramref name="y"/> of the octave, within plus or minus 128 times the amplitude.</summary>
    internal void AddTo(Span<int> sums, int y)
    {
        PrepareLattice(y);
        int cell = 0;
        for (int x = 0; x < sums.Length; x += _cellWidth, cell++)
        {
            int count = Math.Min(_cellWidth, sums.Length - x);
            AddCell(sums.Slice(x, count), _lattice[cell], _lattice[cell + 1] - _lattice[cell]);
        }
    }

    private void AddCell(Span<int> sums, int from, int rise)
    {
        ReadOnlySpan<int> weights = _weights.AsSpan(0, sums.Length);
        int i = 0;
        var start = new Vector<int>(from);
        for (; i <= sums.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<int> value = start + Vector.ShiftRightArithmetic(new Vector<int>(weights[i..]) * rise, 8);
            (new Vector<int>(sums[i..]) + value).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += from + ((weights[i] * rise) >> 8);
        }
    }

    private void PrepareLattice(int y)
    {
        int row = y / _cellHeight;
        if (row != _latticeRow)
        {
            if (row == _latticeRow + 1)
            {
                (_top, _bottom) = (_bottom, _top);
            }
            else
            {
                FillRow(_top, row);
            }

            FillRow(_bottom, row + 1);
            _latticeRow = row;
        }

        int weight = SampleNoise.Ease(y - (row * _cellHeight), _cellHeight);
        for (int i = 0; i < _lattice.Length; i++)
        {
            int value = (_top[i] << 8) + ((_bottom[i] - _top[i]) * weight);
            _lattice[i] = (value * _amplitude) >> 8;
        }
    }

    private void FillRow(int[] values, int row)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (int)(SampleNoise.Hash(_seed, i, row) >> 24) - 128;
        }
    }
}
