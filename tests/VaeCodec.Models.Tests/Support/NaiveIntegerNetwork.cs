using VaeCodec.Models.Bundle;

namespace VaeCodec.Models.Tests.Support;

/// <summary>The scale network in 64-bit arithmetic, layer by layer over whole grids: row, column, channel.</summary>
internal static class NaiveIntegerNetwork
{
    public static long[] Run(IReadOnlyList<IntegerConvolution> layers, IReadOnlyList<(int Shuffle, bool Rectified)> structure, long[] grid, int width, int height)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            IntegerConvolution c = layers[i];
            (int factor, bool rectified) = structure[i];
            long[] sums = Convolve(c, grid, width, height, rectified ? 0 : short.MinValue, rectified ? 255 : short.MaxValue);
            grid = new long[sums.Length];
            int channels = c.Outputs / (factor * factor);
            for (int k = 0; k < sums.Length; k++)
            {
                int output = k % c.Outputs, column = k / c.Outputs % width, row = k / c.Outputs / width;
                int sub = output % (factor * factor);
                int target = (((row * factor) + (sub / factor)) * width * factor) + (column * factor) + (sub % factor);
                grid[(target * channels) + (output / (factor * factor))] = sums[k];
            }

            width *= factor;
            height *= factor;
        }

        return grid;
    }

    private static long[] Convolve(IntegerConvolution c, long[] grid, int width, int height, long minimum, long maximum)
    {
        long[] result = new long[width * height * c.Outputs];
        int padding = c.Kernel / 2;
        for (int k = 0; k < result.Length; k++)
        {
            int output = k % c.Outputs, column = k / c.Outputs % width, row = k / c.Outputs / width;
            long sum = c.Bias[output];
            for (int tap = 0; tap < c.Kernel * c.Kernel; tap++)
            {
                int y = row + (tap / c.Kernel) - padding, x = column + (tap % c.Kernel) - padding;
                if ((uint)y < (uint)height && (uint)x < (uint)width)
                {
                    for (int input = 0; input < c.Inputs; input++)
                    {
                        sum += (long)c.Weights[(((output * c.Inputs) + input) * c.Kernel * c.Kernel) + tap] * grid[(((y * width) + x) * c.Inputs) + input];
                    }
                }
            }

            // Division that rounds half up, written without a shift.
            double scaled = Math.Floor((sum / Math.Pow(2, c.Shift[output])) + (c.Shift[output] == 0 ? 0 : 0.5));
            result[k] = Math.Clamp((long)scaled, minimum, maximum);
        }

        return result;
    }
}
