namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.3: the prediction of one sample, and what is learnt from it.</summary>
/// <param name="planes">All planes.</param>
/// <param name="number">Number of the sample's plane.</param>
/// <param name="row">Row of the sample.</param>
/// <param name="column">Column of the sample.</param>
internal sealed class Predictor(Plane[] planes, int number, int row, int column)
{
    private readonly Plane _plane = planes[number];

    private long W => Sample(0, -1);

    private long N => Sample(-1, 0);

    private long NW => Sample(-1, -1);

    private long NE => Sample(-1, 1);

    public Prediction Predict()
    {
        long[] inputs = Inputs();
        long[] five = Five(inputs);
        long energy = Energy();
        int biasEntry = (((Classes.EnergyClass(energy >> _plane.Shift) * 9) + _plane.Classes.Q(W - N)) * 9) + _plane.Classes.Q((five[0] - five[2]) >> 2);
        long final = _plane.Clamp(Mean(five) + (_plane.Bias[biasEntry] >> 8));
        return new Prediction(inputs, five, energy, biasEntry, final);
    }

    /// <summary>What follows once the sample is known.</summary>
    public void Learn(Prediction prediction, int sample)
    {
        long x = 8L * sample;
        long[] u = prediction.Inputs;
        long d = x - prediction.Final;
        _plane.Bias[prediction.BiasEntry] += ((d * 256) - _plane.Bias[prediction.BiasEntry]) >> 6;
        long gain = (1L << 44) / ((8 * u.Sum(input => input * input)) + 64);
        _plane.Fast.Learn(u, x - prediction.Five[0], gain);
        _plane.Slow.Learn(u, x - prediction.Five[1], gain);
        _plane.Samples.Set(row, column, sample);
        _plane.FinalErrors.Set(row, column, Math.Abs(d));
        for (int i = 0; i < Plane.Predictions; i++)
        {
            _plane.Errors[i].Set(row, column, Math.Abs(x - prediction.Five[i]));
        }
    }

    /// <summary>u: of the plane itself, then of each plane before it, but none of those for alpha.</summary>
    private long[] Inputs()
    {
        long m = (W + N + 1) >> 1;
        List<long> inputs = [W - m, NW - m, NE - m, Sample(0, -2) - m, Sample(-2, 0) - m, Sample(-2, 1) - m, Sample(-1, -2) - m];
        foreach (Plane before in planes[..(_plane.IsAlpha ? 0 : number)])
        {
            long west = before.Samples.At(row, column - 1);
            long north = before.Samples.At(row - 1, column);
            long middle = (west + north + 1) >> 1;
            inputs.Add(before.Samples.At(row, column) - middle);
            inputs.Add(west - middle);
            inputs.Add(before.Samples.At(row - 1, column - 1) - middle);
            inputs.Add(before.Samples.At(row - 1, column + 1) - middle);
        }

        return [.. inputs];
    }

    /// <summary>p0 to p4.</summary>
    private long[] Five(long[] inputs)
    {
        long m = (W + N + 1) >> 1;
        return
        [
            _plane.Clamp((8 * m) + (_plane.Fast.Sum(inputs) >> 13)),
            _plane.Clamp((8 * m) + (_plane.Slow.Sum(inputs) >> 13)),
            8 * Median(),
            8 * (W + NE - N),
            (8 * N) + (2 * (W + NE - NW - N)),
        ];
    }

    private long Median()
    {
        long least = Math.Min(W, N);
        long most = Math.Max(W, N);
        return NW >= most ? least : NW <= least ? most : W + N - NW;
    }

    /// <summary>The mean of the five predictions, each weighted by how small its errors are nearby.</summary>
    private long Mean(long[] five)
    {
        long sum = 0;
        long weights = 0;
        for (int i = 0; i < five.Length; i++)
        {
            TileHistory errors = _plane.Errors[i];
            long near = errors.At(row, column - 1) + errors.At(row - 1, column) + errors.At(row - 1, column - 1) + errors.At(row - 1, column + 1)
                + (errors.At(row, column - 2) >> 1) + (errors.At(row - 2, column) >> 1);
            long e = near >> _plane.Shift;
            long weight = (1L << 36) / ((e * e) + 40);
            weight = (i <= 1 ? 2 * weight : weight) + 1;
            sum += weight * five[i];
            weights += weight;
        }

        return FloorOf(sum, weights);
    }

    private long Energy()
    {
        TileHistory e = _plane.FinalErrors;
        long energy = (2 * (e.At(row, column - 1) + e.At(row - 1, column)))
            + e.At(row - 1, column - 1) + e.At(row - 1, column + 1) + e.At(row, column - 2) + e.At(row - 2, column);
        return number == 0 || _plane.IsAlpha ? energy : energy + (2 * planes[number - 1].FinalErrors.At(row, column));
    }

    /// <summary>floor(dividend / divisor), for a divisor above 0.</summary>
    private static long FloorOf(long dividend, long divisor)
    {
        long quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }

    private long Sample(int down, int right) => _plane.Samples.At(row + down, column + right);
}
