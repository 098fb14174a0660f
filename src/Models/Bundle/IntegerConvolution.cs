namespace VaeCodec.Models.Bundle;

/// <summary>
/// A convolution of the integer scale network: out = saturate((bias + sum of weight * input + half) &gt;&gt; shift), where half
/// is 1 &lt;&lt; (shift - 1), or 0 when the shift is 0. Everything is exact; no order of summation is stated because none matters.
/// </summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Side of the kernel; the padding is kernel / 2.</param>
/// <param name="Weights">Output x input x kernel row x kernel column, -127..127.</param>
/// <param name="Bias">One for each output.</param>
/// <param name="Shift">Right shift for each output, 0..24.</param>
public sealed record IntegerConvolution(int Inputs, int Outputs, int Kernel, sbyte[] Weights, int[] Bias, byte[] Shift)
{
    /// <summary>Largest shift.</summary>
    public const int MaxShift = 24;

    /// <summary>Checks that no sum can leave 32 bits.</summary>
    /// <param name="maxInput">Largest magnitude of an input.</param>
    /// <exception cref="ModelFileException">One can, or a shift is out of range.</exception>
    public void Validate(int maxInput)
    {
        int size = Inputs * Kernel * Kernel;
        for (int output = 0; output < Outputs; output++)
        {
            if (Shift[output] > MaxShift)
            {
                throw new ModelFileException($"The scale network shifts channel {output} by {Shift[output]}; at most {MaxShift} is allowed.");
            }

            long bound = Math.Abs((long)Bias[output]) + (1L << Shift[output]);
            foreach (sbyte weight in Weights.AsSpan(output * size, size))
            {
                if (weight == sbyte.MinValue)
                {
                    throw new ModelFileException($"Channel {output} of the scale network has the weight -128; weights are -127..127.");
                }

                bound += Math.Abs((int)weight) * (long)maxInput;
            }

            if (bound > int.MaxValue)
            {
                throw new ModelFileException($"A sum in channel {output} of the scale network could leave 32 bits.");
            }
        }
    }
}
