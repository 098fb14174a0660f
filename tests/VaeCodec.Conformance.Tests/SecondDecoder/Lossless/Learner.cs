namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.3: a learner, with a weight for every input.</summary>
/// <param name="inputs">Number of inputs.</param>
/// <param name="shift">9 for the fast one, 12 for the slow one.</param>
internal sealed class Learner(int inputs, int shift)
{
    private const long MostWeight = 1 << 20;

    private readonly long[] _weights = new long[inputs];

    /// <summary>The weighted sum of the inputs.</summary>
    public long Sum(long[] u)
    {
        long sum = 0;
        for (int i = 0; i < u.Length; i++)
        {
            sum += _weights[i] * u[i];
        }

        return sum;
    }

    /// <summary>Moves the weights.</summary>
    /// <param name="u">The inputs.</param>
    /// <param name="error">8 x - prediction.</param>
    /// <param name="gain">g.</param>
    public void Learn(long[] u, long error, long gain)
    {
        for (int i = 0; i < u.Length; i++)
        {
            long step = (((error * gain) >> 24) * u[i]) >> shift;
            _weights[i] = Math.Clamp(_weights[i] + step, -MostWeight, MostWeight);
        }
    }
}
