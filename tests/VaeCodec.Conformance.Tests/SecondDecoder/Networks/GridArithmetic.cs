namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>What chapter 8 does to whole grids outside of layers.</summary>
internal static class GridArithmetic
{
    /// <summary>One addition of floats for each element.</summary>
    public static Grid<float> Add(Grid<float> first, Grid<float> second)
    {
        Grid<float> sum = new(first.Rows, first.Columns, first.Channels);
        for (int i = 0; i < sum.Values.Length; i++)
        {
            sum.Values[i] = first.Values[i] + second.Values[i];
        }

        return sum;
    }

    /// <summary>Integers as floats, exactly.</summary>
    public static Grid<float> ToFloats(Grid<int> integers)
    {
        Grid<float> floats = new(integers.Rows, integers.Columns, integers.Channels);
        for (int i = 0; i < floats.Values.Length; i++)
        {
            floats.Values[i] = integers.Values[i];
        }

        return floats;
    }

    /// <summary>The channels of one grid, then those of another.</summary>
    public static Grid<float> Concatenate(Grid<float> first, Grid<float> second)
    {
        Grid<float> both = new(first.Rows, first.Columns, first.Channels + second.Channels);
        for (int row = 0; row < both.Rows; row++)
        {
            for (int column = 0; column < both.Columns; column++)
            {
                for (int channel = 0; channel < both.Channels; channel++)
                {
                    both[row, column, channel] = channel < first.Channels
                        ? first[row, column, channel]
                        : second[row, column, channel - first.Channels];
                }
            }
        }

        return both;
    }
}
