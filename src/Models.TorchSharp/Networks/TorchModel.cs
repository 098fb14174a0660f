using TorchSharp;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>
/// The whole model as a differentiable function: pixels and levels to rate and distortion.
/// </summary>
/// <remarks>
/// Rate plus lambda times distortion is the negative evidence lower bound of a variational autoencoder whose posterior is
/// uniform, q(y|x) = U(y - 1/2, y + 1/2): its entropy is zero, E[-log2 p(y~)] is the rate, and a Gaussian likelihood of
/// variance 3 / (2 lambda ln 2) makes -log p(x|y~) the squared error (docs/training.md has the derivation with its units; Balle,
/// Minnen, Singh, Hwang, Johnston, "Variational image compression with a scale hyperprior", ICLR 2018, section 2). The rate of
/// the latents has the gradient that it has under additive uniform noise; the distortion sees the symbols that an encoder chooses, with a straight-through gradient
/// (Minnen, Singh, ICIP 2020, "mixed quantisation"), and sigma learns from those, too.
/// </remarks>
public sealed class TorchModel : IDisposable
{
    /// <summary>Smallest sigma, in quantiser units.</summary>
    public const double MinSigma = 0.11;

    internal const double LinearFrom = 6;
    private const double MinMass = 1e-30;

    private readonly TorchNetwork _analysisLinear;
    private readonly TorchNetwork _analysis;
    private readonly TorchNetwork _synthesisLinear;
    private readonly TorchNetwork _synthesis;
    private readonly TorchNetwork _hyperAnalysis;
    private readonly TorchNetwork _hyperScale;
    private readonly TorchNetwork _hyperMean;
    private readonly TorchNetwork _contextSpatial;
    private readonly TorchNetwork _contextFuse;

    /// <summary>Builds the model on a store that holds its weights.</summary>
    /// <param name="description">The networks.</param>
    /// <param name="weights">All weights and tables of levels.</param>
    public TorchModel(ModelDescription description, WeightStore weights)
    {
        Weights = weights;
        TorchNetwork Build(NetworkDescription network) => new(network, weights);
        _analysisLinear = Build(description.AnalysisLinear);
        _analysis = Build(description.Analysis);
        _synthesisLinear = Build(description.SynthesisLinear);
        _synthesis = Build(description.Synthesis);
        _hyperAnalysis = Build(description.HyperAnalysis);
        _hyperScale = Build(description.HyperScale);
        _hyperMean = Build(description.HyperMean);
        _contextSpatial = Build(description.ContextSpatial);
        _contextFuse = Build(description.ContextFuse);
        Levels = (int)weights["gain.log"].shape[0];
    }

    /// <summary>Weights and tables.</summary>
    public WeightStore Weights { get; }

    /// <summary>Number of levels that the tables have rows for.</summary>
    public int Levels { get; }

    /// <summary>Runs the model.</summary>
    /// <param name="x">Pixels / 255 - 0.5, N x 3 x H x W, sides multiples of 64.</param>
    /// <param name="levels">Level of each sample, fractions allowed.</param>
    /// <param name="type">Type to compute in.</param>
    /// <param name="training">Whether the rate sees noise (training) or symbols (validation).</param>
    /// <param name="weigh">Whether symbols are chosen by bits and error, as the encoder does at effort 2; otherwise they are rounded.</param>
    /// <param name="tap">Sees named intermediate tensors; may be null.</param>
    public TrainingPass Forward(Tensor x, float[] levels, ScalarType type, bool training, bool weigh = true, Action<string, Tensor>? tap = null)
    {
        LevelRows rows = new(levels, Levels, Weights.Device);
        Tensor Table(string name) => rows.Of(Weights[name]);

        Tensor y = _analysisLinear.Forward(x, ScalarType.Float32) + _analysis.Forward(x, type);
        Tensor gain = Table("gain.log").exp();
        Tensor scaled = y * gain;
        Tensor hyperInput = scaled.sign() * ((scaled.abs() + 1).sqrt() - 1);
        Tensor z = _hyperAnalysis.Forward(hyperInput, type);
        Tensor hyper = RoundStraightThrough(z);
        Tensor hyperMean = _hyperMean.Forward(hyper, type);
        Tensor logSigma = BoundBelow(_hyperScale.Forward(hyper, type) + Table("hyper_scale.bias"));

        Tensor even = Checkerboard(y);
        Tensor mean = hyperMean * Table("hyper_mean.gain");
        Tensor Choose(Tensor value) => weigh ? Weigh(value, logSigma) : RoundStraightThrough(value);
        Tensor first = (Choose(scaled - mean) + mean) * even;
        Tensor context = cat([_contextSpatial.Forward(first / gain, type), hyperMean], 1);
        mean = mean + (_contextFuse.Forward(context, type) * gain * (1 - even));
        Tensor residual = scaled - mean;
        Tensor symbols = Choose(residual);
        Tensor decoded = (symbols + mean) * Table("gain.log_inverse").exp();
        Tensor reconstructed = _synthesisLinear.Forward(decoded, ScalarType.Float32) + _synthesis.Forward(decoded, type);

        double pixels = x.shape[2] * x.shape[3];
        Tensor bitsY = training ? TrainingBits(residual, symbols.detach(), logSigma) : Bits(symbols, logSigma);
        Tensor priorMean = Table("z_prior.mean");
        Tensor bitsZ = Bits((training ? z + (rand_like(z) - 0.5) : hyper) - priorMean, BoundBelow(Table("z_prior.log_scale")));
        Tensor hyperRate = bitsZ.sum([1, 2, 3]) / pixels;
        if (tap is not null)
        {
            foreach ((string name, Tensor value) in new[] { ("y", y), ("y_q", scaled), ("hyper_input", hyperInput), ("z", z), ("z_hat", hyper), ("hyper_mean", hyperMean), ("log_sigma", logSigma), ("mu", mean), ("symbols", symbols), ("x_hat", reconstructed) })
            {
                tap(name, value);
            }
        }

        return new TrainingPass((bitsY.sum([1, 2, 3]) / pixels) + hyperRate, hyperRate, (reconstructed - x).square().mean([1, 2, 3]));
    }

    /// <inheritdoc/>
    public void Dispose() => Weights.Dispose();

    /// <summary>
    /// Chooses symbols as the encoder does at effort 2, with the gradient of the identity: to the nearest integer, or to the next one towards zero where the
    /// bits that this saves outweigh the error.
    /// </summary>
    private static Tensor Weigh(Tensor residual, Tensor logSigma)
    {
        Tensor symbols;
        using (no_grad())
        {
            Tensor distance = residual.abs(), nearest = distance.round(), lower = (nearest - 1).clamp(min: 0);
            Tensor saved = Bits(nearest, logSigma) - Bits(lower, logSigma);
            Tensor lost = (((distance - nearest) * 2) + 1) * QuantisationRule.SquaredErrorBits;
            symbols = where(saved > lost, lower, nearest) * residual.sign();
        }

        return residual + (symbols - residual).detach();
    }

    /// <summary>
    /// The bits of the symbols, from which sigma learns, since they are what it will meet in files. Latents and their means learn from the rate under noise instead: the derivative of its
    /// expectation is a difference of two values (Agustsson and Theis, "Universally quantized neural compression", NeurIPS 2020, section 4.2), so that nothing need be drawn.
    /// </summary>
    internal static Tensor TrainingBits(Tensor residual, Tensor symbols, Tensor logSigma)
    {
        Tensor slope;
        using (no_grad())
        {
            slope = Bits(residual + 0.5, logSigma) - Bits(residual - 0.5, logSigma);
        }

        return Bits(symbols, logSigma) + (slope * (residual - residual.detach()));
    }

    private static Tensor RoundStraightThrough(Tensor x) => x + (x.round() - x).detach();

    /// <summary>-log2 of the mass of a Gaussian of mean 0 over [v - 1/2, v + 1/2].</summary>
    /// <remarks>
    /// The mass is a difference of complementary error functions on the side where they are small, so that tails keep their relative
    /// precision: at <see cref="LinearFrom"/> the mass is 2e-17 at most and 1e-19 for the widest sigmas, well inside the range of 32-bit floats. From there on (56 to 64 bits)
    /// the cost goes on linearly, so that neither value nor gradient is ever lost to underflow: with the mass bounded
    /// below instead, rare large residuals could not widen sigma, sigma collapsed, and the rate doubled within 2000 steps (measured).
    /// </remarks>
    internal static Tensor Bits(Tensor v, Tensor logSigma)
    {
        Tensor scale = (-logSigma).exp() * Math.Sqrt(0.5);
        Tensor lower = (v.abs() - 0.5) * scale;
        Tensor near = lower.clamp(max: LinearFrom);
        Tensor mass = (near.erfc() - (near + scale).erfc()).clamp(min: MinMass);
        return ((lower - near) * (2 * LinearFrom / Math.Log(2))) + 1 - mass.log2();
    }

    /// <summary>log sigma, not below log 0.11.</summary>
    private static Tensor BoundBelow(Tensor logSigma) => LowerBound.Of(logSigma, Math.Log(MinSigma));

    /// <summary>1 where row + column is even, 1 x 1 x H x W.</summary>
    private static Tensor Checkerboard(Tensor y)
    {
        Tensor rows = arange(y.shape[2], device: y.device).unsqueeze(1);
        Tensor columns = arange(y.shape[3], device: y.device).unsqueeze(0);
        return (1 - (rows + columns).remainder(2)).to(ScalarType.Float32).unsqueeze(0).unsqueeze(0);
    }
}
