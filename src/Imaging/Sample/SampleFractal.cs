namespace VaeCodec.Imaging.Sample;

/// <summary>Several octaves of value noise, each half as large and half as strong as the one before.</summary>
internal sealed class SampleFractal
{
    private readonly List<SampleOctave> _octaves = [];
    private readonly int[] _row;

    /// <param name="seed">Tells one noise from another.</param>
    /// <param name="width">Length of a row.</param>
    /// <param name="cellWidth">Width of the largest cells, in pixels.</param>
    /// <param name="cellHeight">Height of the largest cells, in pixels.</param>
    /// <param name="octaves">How many octaves at most; none has cells below 2 pixels.</param>
    internal SampleFractal(uint seed, int width, int cellWidth, int cellHeight, int octaves)
    {
        _row = new int[width];
        int amplitude = 128;
        for (int i = 0; i < octaves && amplitude > 0 && (i == 0 || (cellWidth >= 2 && cellHeight >= 2)); i++)
        {
            _octaves.Add(new SampleOctave(seed + (uint)i, width, Math.Max(2, cellWidth), Math.Max(2, cellHeight), amplitude));
            cellWidth /= 2;
            cellHeight /= 2;
            amplitude /= 2;
        }
    }

    /// <summary>Row <paramref name="y"/> (not negative), values within about plus or minus 32768; valid until the next call.</summary>
    internal ReadOnlySpan<int> Row(int y)
    {
        Array.Clear(_row);
        foreach (SampleOctave octave in _octaves)
        {
            octave.AddTo(_row, y);
        }

        return _row;
    }
}
