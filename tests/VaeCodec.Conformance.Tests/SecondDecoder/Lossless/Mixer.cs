namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.7: a mixer, with eight weights for each node in each value of its own context.</summary>
internal sealed class Mixer
{
    private const int StartWeight = 4681;
    private const long MostWeight = 65535;

    private readonly long[] _weights;
    private readonly int _nodes;
    private int _value;
    private int _start;
    private long _dot;

    public Mixer(int values, int nodes)
    {
        _nodes = nodes;
        _weights = new long[values * nodes * DecisionModel.Contexts];
        Array.Fill(_weights, StartWeight);
    }

    /// <summary>Chooses the weights by the mixer's context.</summary>
    public void Choose(int value) => _value = value;

    public long Dot(int node, int[] x)
    {
        _start = ((_value * _nodes) + node) * DecisionModel.Contexts;
        _dot = 0;
        for (int j = 0; j < x.Length; j++)
        {
            _dot += _weights[_start + j] * x[j];
        }

        return _dot;
    }

    /// <summary>Moves the weights of the last <see cref="Dot"/>.</summary>
    public void Learn(int[] x, int decision)
    {
        long error = (((65536 * decision) - Logistic.Squash(_dot >> 14)) >> 4) * 6;
        for (int j = 0; j < x.Length; j++)
        {
            long weight = _weights[_start + j] + (((x[j] * error) + 32768) >> 16);
            _weights[_start + j] = Math.Clamp(weight, -MostWeight, MostWeight);
        }
    }
}
