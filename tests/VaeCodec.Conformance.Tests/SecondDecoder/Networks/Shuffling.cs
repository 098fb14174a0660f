namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1 and chapter 7: how a shuffle moves elements, whatever these are.</summary>
internal static class Shuffling
{
    /// <summary>out[r f + i, c f + j, k] = in[r, c, k f f + i f + j].</summary>
    public static Grid<T> Shuffle<T>(Grid<T> input, int factor)
        where T : struct
    {
        Grid<T> output = new(input.Rows * factor, input.Columns * factor, input.Channels / (factor * factor));
        for (int row = 0; row < output.Rows; row++)
        {
            for (int column = 0; column < output.Columns; column++)
            {
                for (int k = 0; k < output.Channels; k++)
                {
                    int channel = (((k * factor) + (row % factor)) * factor) + (column % factor);
                    output[row, column, k] = input[row / factor, column / factor, channel];
                }
            }
        }

        return output;
    }
}
