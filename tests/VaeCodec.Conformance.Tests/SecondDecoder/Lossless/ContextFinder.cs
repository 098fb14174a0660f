namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.5: the contexts of one sample.</summary>
/// <param name="planes">All planes.</param>
/// <param name="k">Number of the sample's plane.</param>
/// <param name="row">Row of the sample.</param>
/// <param name="column">Column of the sample.</param>
/// <param name="prediction">What is predicted of it.</param>
internal sealed class ContextFinder(Plane[] planes, int k, int row, int column, Prediction prediction)
{
    /// <summary>How many values the contexts have; the nodes are those of section 13.6.</summary>
    public static ContextSizes Sizes { get; } = new([1024, 2916, 3888, 3888, 3888, 8192, 8192, 65536], 12 * 4, 5 * 5 * 4 * 4, 64);

    private readonly Plane _plane = planes[k];

    public DecisionContexts Find()
    {
        long w = Sample(0, -1), n = Sample(-1, 0), nw = Sample(-1, -1), ne = Sample(-1, 1);
        long level = prediction.Level;
        long[] p = prediction.Five;
        long energy = prediction.Energy >> _plane.Shift;
        int c = Classes.EnergyClass(energy) >> 1;
        int f = _plane.Shift == 0 ? (int)(prediction.Final + 4 - (8 * level)) : 0;
        long before = ResidualBefore(1);
        long secondBefore = ResidualBefore(2);
        long t = (Math.Abs(w - n) + Math.Abs(n - ne) + Math.Abs(w - nw)) >> _plane.Shift;
        long errorW = _plane.FinalErrors.At(row, column - 1) >> _plane.Shift;
        long o = k == 0 ? errorW : planes[k - 1].FinalErrors.At(row, column) >> _plane.Shift;
        int[] eight =
        [
            (((Math.Min(Classes.H(energy), 31) * 8) + f) * 4) + k,
            (((((_plane.Classes.Q(w - level) * 9) + _plane.Classes.Q(n - level)) * 9) + _plane.Classes.Q(ne - level)) * 4) + k,
            WithEnergy(before, secondBefore, c),
            WithEnergy((p[0] - p[2]) >> 2, (p[1] - prediction.Final) >> 1, c),
            WithEnergy(_plane.Residuals.At(row, column - 1), _plane.Residuals.At(row - 1, column), c),
            (((((Math.Min(Classes.H(t), 15) * 16) + Math.Min(Classes.H(errorW), 15)) * 8) + Math.Min(Classes.H(o) >> 1, 7)) * 4) + k,
            (int)(Near() >> 19),
            (int)(Wide() >> 16),
        ];
        int second = ((((_plane.Classes.C(before) * 5) + _plane.Classes.C(secondBefore)) * 4) + k) * 4;
        return new DecisionContexts(eight, (c * 4) + k, second);
    }

    /// <summary>The form that contexts 2, 3 and 4 have in common.</summary>
    private int WithEnergy(long first, long second, int c) => (((((_plane.Classes.Q(first) * 9) + _plane.Classes.Q(second)) * 12) + c) * 4) + k;

    /// <summary>r' and r'': residuals of this pixel in the planes before.</summary>
    private long ResidualBefore(int steps) => k >= steps ? planes[k - steps].Residuals.At(row, column) : 0;

    /// <summary>The hash of the nearest samples, which starts as the number of the plane.</summary>
    private uint Near()
    {
        int a = k == 0 ? Sample(-1, 1) : planes[0].Samples.At(row, column);
        int b = k <= 1 ? 0 : planes[1].Samples.At(row, column);
        return Hashing.Of((uint)k, Sample(0, -1), Sample(-1, 0), Sample(-1, -1), Sample(-1, 1), a, b);
    }

    /// <summary>The hash of more samples, which starts as that of the nearest.</summary>
    private uint Wide() => Hashing.Of(
        Near(),
        Sample(0, -2), Sample(0, -3), Sample(-1, -2), Sample(-1, 2), Sample(-1, 3),
        Sample(-2, -1), Sample(-2, 0), Sample(-2, 1), Sample(-2, -2), Sample(-2, 2));

    private int Sample(int down, int right) => _plane.Samples.At(row + down, column + right);
}
