namespace VaeCodec.Lossless;

/// <summary>
/// Predicts the samples of one plane from those around them and from the planes before it: two linear predictors that learn as they go and three fixed
/// ones, weighed by how well each did nearby. All integers.
/// </summary>
/// <remarks>
/// Sources: normalised least mean squares (Widrow, Hoff, 1960); the median predictor and weights from errors nearby as in lossless JPEG (Weinberger, Seroussi, Sapiro,
/// 2000) and JPEG XL (ISO/IEC 18181-1, annex H).
/// </remarks>
internal sealed class SamplePredictor
{
    /// <summary>Predictions are in eighths of a level.</summary>
    public const int FractionBits = 3;

    /// <summary>Windows of rows that a predictor keeps.</summary>
    public const int Rows = 3 + Predictors;

    private const int Half = 1 << (FractionBits - 1);
    private const int Margin = RowWindow.Margin;
    private const int OwnInputs = 7;
    private const int InputsOfPlane = 4;
    private const int MostInputs = OwnInputs + (3 * InputsOfPlane);
    private const int Predictors = 5;
    private const int MostWeight = 1 << 20;
    private const int FastShift = 9;
    private const int SlowShift = 12;
    private const int BiasBits = 8;
    private const int BiasShift = 6;

    /// <summary>Weights of the usual errors: a division takes as long as all else about them.</summary>
    private static readonly uint[] s_weights = [.. Enumerable.Range(0, 4096).Select(error => (uint)Weight(error))];

    private readonly RowWindow[] _predictorErrors = new RowWindow[Predictors];
    private readonly int[] _predictions = new int[Predictors];
    private readonly int[] _inputs = new int[MostInputs];
    private readonly int[] _fast = new int[MostInputs];
    private readonly int[] _slow = new int[MostInputs];
    private readonly int[] _biases = new int[SampleContext.EnergyClasses * SampleContext.Levels * SampleContext.Levels];
    private readonly bool _signed;
    private int _lowest;
    private int _highest;
    private int _inputCount;
    private long _inputPower;
    private int _bias;

    /// <summary>Makes a predictor.</summary>
    /// <param name="width">Samples in a row.</param>
    /// <param name="signed">Whether samples are differences, which may be negative.</param>
    public SamplePredictor(int width, bool signed)
    {
        _signed = signed;
        Samples = new RowWindow(width);
        Errors = new RowWindow(width);
        Residuals = new RowWindow(width);
        for (int i = 0; i < Predictors; i++)
        {
            _predictorErrors[i] = new RowWindow(width);
        }
    }

    /// <summary>The samples.</summary>
    public RowWindow Samples { get; }

    /// <summary>Magnitudes of the prediction's errors, in eighths.</summary>
    public RowWindow Errors { get; }

    /// <summary>What was coded.</summary>
    public RowWindow Residuals { get; }

    /// <summary>What lies around the sample at hand, after <see cref="Predict"/>.</summary>
    public Neighbours Around { get; private set; }

    /// <summary>What the fast learner says, less the median, in halves of a level.</summary>
    public int LearnerAgainstMedian => (_predictions[0] - _predictions[2]) >> 2;

    /// <summary>How lively the surroundings are: errors nearby, in eighths, weighed.</summary>
    public int Energy { get; private set; }

    /// <summary>The prediction, in eighths of a level.</summary>
    public int Prediction { get; private set; }

    /// <summary>The level that residuals are counted from: the prediction, rounded.</summary>
    public int Level => (Prediction + Half) >> FractionBits;

    /// <summary>Where in its level the prediction lies, 0 to 7; 4 is the level itself.</summary>
    public int Fraction => (Prediction + Half) & ((1 << FractionBits) - 1);

    /// <summary>What the slow learner says, less the prediction, in quarters of a level.</summary>
    public int SlowAgainstPrediction => (_predictions[1] - Prediction) >> 1;

    /// <summary>How many bits of errors and differences classes do not look at.</summary>
    public int Shift { get; private set; }

    /// <summary>Starts a tile.</summary>
    /// <param name="highest">Largest sample.</param>
    /// <param name="shift">How many bits of errors and differences classes do not look at.</param>
    public void Reset(int highest, int shift)
    {
        (_lowest, _highest, Shift) = (_signed ? -highest : 0, highest, shift);
        Samples.Clear();
        Errors.Clear();
        Residuals.Clear();
        Array.ForEach(_predictorErrors, window => window.Clear());
        Array.Clear(_fast);
        Array.Clear(_slow);
        Array.Clear(_biases);
    }

    /// <summary>Goes on to the next row: what lies left of it is the first sample above, what lies right of the row above is its last.</summary>
    /// <param name="width">Samples in a row of the tile.</param>
    public void BeginRow(int width)
    {
        int[] done = Samples.Current;
        Array.Fill(done, done[Margin + width - 1], Margin + width, Margin);
        Samples.Advance();
        Array.Fill(Samples.Current, done[Margin], 0, Margin);
        Errors.Advance();
        Residuals.Advance();
        Array.ForEach(_predictorErrors, window => window.Advance());
    }

    /// <summary>Predicts a sample.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="before">The planes whose sample of this pixel is known.</param>
    public void Predict(int x, ReadOnlySpan<SamplePredictor> before)
    {
        x += Margin;
        int[] row = Samples.Current, above = Samples.Above, second = Samples.Second;
        Neighbours n = Around = new Neighbours(row[x - 1], above[x], above[x - 1], above[x + 1]);
        int middle = (n.Left + n.Above + 1) >> 1;
        int[] inputs = _inputs;
        inputs[0] = n.Left - middle;
        inputs[1] = n.AboveLeft - middle;
        inputs[2] = n.AboveRight - middle;
        inputs[3] = row[x - 2] - middle;
        inputs[4] = second[x] - middle;
        inputs[5] = second[x + 1] - middle;
        inputs[6] = above[x - 2] - middle;
        int count = OwnInputs;
        foreach (SamplePredictor other in before)
        {
            Neighbours o = other.Around;
            int around = (o.Left + o.Above + 1) >> 1;
            inputs[count] = other.Samples.Current[x] - around;
            inputs[count + 1] = o.Left - around;
            inputs[count + 2] = o.AboveLeft - around;
            inputs[count + 3] = o.AboveRight - around;
            count += InputsOfPlane;
        }

        _inputCount = count;
        long fast = 0, slow = 0, power = 0;
        for (int i = 0; i < count; i++)
        {
            long input = inputs[i];
            fast += _fast[i] * input;
            slow += _slow[i] * input;
            power += input * input;
        }

        _inputPower = power;
        int least = _lowest << FractionBits, most = _highest << FractionBits;
        _predictions[0] = (int)Math.Clamp((middle << FractionBits) + (fast >> 13), least, most);
        _predictions[1] = (int)Math.Clamp((middle << FractionBits) + (slow >> 13), least, most);
        _predictions[2] = n.Median << FractionBits;
        _predictions[3] = (n.Left + n.AboveRight - n.Above) << FractionBits;
        _predictions[4] = (n.Above << FractionBits) + (2 * (n.Left + n.AboveRight - n.AboveLeft - n.Above));
        int mixed = Weigh(x);
        int[] errors = Errors.Current, errorsAbove = Errors.Above;
        int energy = (2 * (errors[x - 1] + errorsAbove[x])) + errorsAbove[x - 1] + errorsAbove[x + 1] + errors[x - 2] + Errors.Second[x];
        Energy = before.Length > 0 ? energy + (2 * before[^1].Errors.Current[x]) : energy;
        _bias = (((SampleContext.EnergyClass(Energy >> Shift) * SampleContext.Levels) + SampleContext.Quantise(n.Left - n.Above, Shift)) * SampleContext.Levels) + SampleContext.Quantise(LearnerAgainstMedian, Shift);
        Prediction = Math.Clamp(mixed + (_biases[_bias] >> BiasBits), least, most);
    }

    /// <summary>Learns from the sample.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="residual">What was coded for it.</param>
    public void Learn(int x, int sample, int residual)
    {
        x += Margin;
        Samples.Current[x] = sample;
        Residuals.Current[x] = residual;
        int exact = sample << FractionBits, error = exact - Prediction;
        Errors.Current[x] = Math.Abs(error);
        for (int i = 0; i < Predictors; i++)
        {
            _predictorErrors[i].Current[x] = Math.Abs(exact - _predictions[i]);
        }

        _biases[_bias] += ((error << BiasBits) - _biases[_bias]) >> BiasShift;
        long scale = (1L << 44) / ((8 * _inputPower) + 64), fast = ((exact - _predictions[0]) * scale) >> 24, slow = ((exact - _predictions[1]) * scale) >> 24;
        for (int i = 0; i < _inputCount; i++)
        {
            _fast[i] = (int)Math.Clamp(_fast[i] + ((fast * _inputs[i]) >> FastShift), -MostWeight, MostWeight);
            _slow[i] = (int)Math.Clamp(_slow[i] + ((slow * _inputs[i]) >> SlowShift), -MostWeight, MostWeight);
        }
    }

    /// <summary>Takes in a sample that did not have to be predicted, as if it had been predicted well; nothing is learnt.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="sample">The sample.</param>
    public void Keep(int x, int sample)
    {
        x += Margin;
        Samples.Current[x] = sample;
        Residuals.Current[x] = 0;
        Errors.Current[x] = 0;
        for (int i = 0; i < Predictors; i++)
        {
            _predictorErrors[i].Current[x] = 0;
        }
    }

    /// <summary>The weight of a predictor with such errors nearby.</summary>
    private static long Weight(long error) => (1L << 36) / ((error * error) + 40);

    /// <summary>The mean of the predictions, each weighed by the inverse square of its errors nearby; the learners count twice.</summary>
    private int Weigh(int x)
    {
        long sum = 0, weights = 0;
        for (int i = 0; i < Predictors; i++)
        {
            RowWindow window = _predictorErrors[i];
            int[] errors = window.Current, above = window.Above;
            long error = errors[x - 1] + above[x] + above[x - 1] + above[x + 1] + (errors[x - 2] >> 1) + (window.Second[x] >> 1);
            error >>= Shift;
            long weight = error < s_weights.Length ? s_weights[error] : Weight(error);
            weight = (i < 2 ? 2 * weight : weight) + 1;
            sum += weight * _predictions[i];
            weights += weight;
        }

        // Rounded down, for negative sums too.
        long quotient = sum / weights;
        return (int)(quotient - (sum % weights < 0 ? 1 : 0));
    }
}
