using VaeCodec.Models.Description;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>How to train. A run that resumes must be given the same options; what changes is said in the log.</summary>
public sealed record TrainingOptions
{
    /// <summary>Steps of the whole schedule.</summary>
    public int Steps { get; init; } = 20000;

    /// <summary>Samples of a batch while crops are small.</summary>
    public int Batch { get; init; } = 12;

    /// <summary>Side of a small crop in pixels, a multiple of 64.</summary>
    public int Crop { get; init; } = 128;

    /// <summary>What sides of crops must be multiples of: those of the codec's networks, 64; 1 for networks of one size.</summary>
    public int CropMultiple { get; init; } = ModelDescription.SizeMultiple;

    /// <summary>Samples of a batch while crops are large.</summary>
    public int LargeBatch { get; init; } = 3;

    /// <summary>Side of a large crop in pixels, a multiple of 64.</summary>
    public int LargeCrop { get; init; } = 256;

    /// <summary>Share of the steps, at the end, that see large crops. Small crops never show the synthesis an unpadded pixel: it sees 92 around.</summary>
    public double LargeShare { get; init; } = 0.25;

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 4e-4;

    /// <summary>Steps over which the learning rate rises from zero.</summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>Share of the steps, at the end, over which the learning rate falls along a cosine to a hundredth; until then it stays at its highest. At 1 it falls from the beginning.</summary>
    public double CoolDown { get; init; } = 1;

    /// <summary>Largest norm of the gradient.</summary>
    public double Clip { get; init; } = 1.0;

    /// <summary>Decay of the moving average of the weights that is validated and shipped.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Smallest lambda: level 0. (Distortion is the squared error of values in 0..255.)</summary>
    public double LowestLambda { get; init; } = 0.0009;

    /// <summary>Largest lambda: the last level.</summary>
    public double HighestLambda { get; init; } = 1.5;

    /// <summary>
    /// The loss of a sample is divided by lambda to this power. At 1/2 a per cent of rate counts about the same at every level, as it does in a
    /// BD-rate: the bits of this network grow like lambda^0.50 from level 0 to 9 (Kodak). Smaller exponents favour high rates.
    /// </summary>
    public double LambdaExponent { get; init; } = 0.5;

    /// <summary>Weight of the divergence from the prior, where the posterior is Gaussian; 1 is the evidence lower bound.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>What turns gradients into changes.</summary>
    public OptimiserKind Optimiser { get; init; } = OptimiserKind.Adam;

    /// <summary>SOAP only: steps between two refreshes of an eigenbasis.</summary>
    public int RefreshEvery { get; init; } = 10;

    /// <summary>Compute in bfloat16 instead of 32-bit floats.</summary>
    public bool BFloat16 { get; init; } = true;

    /// <summary>Seed of crops, levels and noise.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What weights a new run started from, for the log; null is the Karhunen-Loeve transform.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>Checks that a run can be made of these options.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says why.</exception>
    public void Check()
    {
        static void Require(bool holds, string what)
        {
            if (!holds)
            {
                throw new ArgumentException(what);
            }
        }

        Require(Steps > 0 && Batch > 0 && LargeBatch > 0 && WarmUp > 0 && RefreshEvery > 0, "Steps, batches, warm-up and the refresh interval must be above 0.");
        Require(CropMultiple > 0, "What crops are multiples of must be above 0.");
        Require(Crop > 0 && Crop % CropMultiple == 0 && LargeCrop > 0 && LargeCrop % CropMultiple == 0, $"Crops must be multiples of {CropMultiple} pixels.");
        Require(LargeShare is >= 0 and <= 1, "The share of large crops must lie between 0 and 1.");
        Require(LargeShare == 0 || LargeCrop > Crop || LargeBatch >= Batch, $"The last {LargeShare:P0} of the steps would see {LargeBatch} crops of {LargeCrop} x {LargeCrop} pixels in place of {Batch} of {Crop} x {Crop}: fewer and no larger. Make them larger, their batch as large, or their share 0.");
        Require(CoolDown is > 0 and <= 1, "The share of steps in which the learning rate falls must lie above 0 and at most at 1.");
        Require(LearningRate > 0 && double.IsFinite(LearningRate) && Clip > 0, "The learning rate and the bound of the gradient must be above 0.");
        Require(LambdaExponent is >= 0 and <= 1, "The exponent of lambda must lie between 0 and 1.");
        Require(Beta >= 0 && double.IsFinite(Beta), "Beta must not be below 0.");
        Require(LowestLambda > 0 && HighestLambda > LowestLambda, "Lambdas must be above 0 and rise.");
    }

    internal ScalarType ComputeType => BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Lambda of a level.</summary>
    /// <param name="level">0 to levels - 1, fractions allowed.</param>
    /// <param name="levels">Number of levels.</param>
    public double Lambda(double level, int levels) => LowestLambda * Math.Pow(HighestLambda / LowestLambda, level / (levels - 1));

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">Counted from 0.</param>
    public double Rate(int step)
    {
        const double floor = 0.01;
        double warm = Math.Min(1, (step + 1.0) / WarmUp);
        double fallen = Math.Clamp((step - (Steps * (1 - CoolDown))) / (Steps * CoolDown), 0, 1);
        return LearningRate * warm * (floor + ((1 - floor) * 0.5 * (1 + Math.Cos(Math.PI * fallen))));
    }

    /// <summary>Whether a step sees large crops.</summary>
    /// <param name="step">Counted from 0.</param>
    public bool IsLarge(int step) => step >= Steps * (1 - LargeShare);
}
