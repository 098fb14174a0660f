namespace VaeCodec.Models.Description;

/// <summary>
/// The networks of a model: a scale-and-mean hyperprior with a split hyper-decoder (the scale branch is a separate
/// integer network), a linear path beside g_a and g_s, and one checkerboard context pass on the mean.
/// </summary>
/// <remarks>
/// <code>
///  x --+-- L ----(+)-- y --gain-- y_q --(- mu)-- round -- q ==> entropy coder, sigma from h_s alone
///      +-- g_a ---|                |                 ^
///                                 h_a -- z ==> coder  +-- mu = h_m(z) * am  (+ context on odd positions)
///  x_hat = Lt(y_hat * inverse gain) + g_s(y_hat * inverse gain),  y_hat = q + mu
/// </code>
/// Sources: Minnen, Balle, Toderici, "Joint Autoregressive and Hierarchical Priors", NeurIPS 2018 (scale and mean
/// hyperprior); He et al., "Checkerboard Context Model", CVPR 2021; Cui et al., "Asymmetric Gained Deep Image
/// Compression", CVPR 2021 (gains); Balle, Johnston, Minnen, "Integer Networks for Data Compression", ICLR 2019.
/// </remarks>
public sealed record ModelDescription
{
    /// <summary>Picture pixels along the side of a latent.</summary>
    public const int LatentStride = 16;

    /// <summary>Latents along the side of a hyper-latent.</summary>
    public const int HyperStride = 4;

    /// <summary>Width and height of a picture are padded to a multiple of this: pixels along the side of a hyper-latent.</summary>
    public const int SizeMultiple = LatentStride * HyperStride;

    /// <summary>Qualities a model has tables for: 1..100.</summary>
    public const int Qualities = 100;

    /// <summary>Side of the context convolution's kernel.</summary>
    public const int ContextKernel = 5;

    /// <summary>M: channels of y.</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Channels of z.</summary>
    public required int HyperChannels { get; init; }

    /// <summary>Entries of the table of scales: sigma = 0.11 exp(i / 16).</summary>
    public required int Scales { get; init; }

    /// <summary>How the 3x3 convolutions are computed.</summary>
    public ConvolutionMethod Convolutions { get; init; }

    /// <summary>L.</summary>
    public required NetworkDescription AnalysisLinear { get; init; }

    /// <summary>g_a.</summary>
    public required NetworkDescription Analysis { get; init; }

    /// <summary>Lt.</summary>
    public required NetworkDescription SynthesisLinear { get; init; }

    /// <summary>g_s.</summary>
    public required NetworkDescription Synthesis { get; init; }

    /// <summary>h_a.</summary>
    public required NetworkDescription HyperAnalysis { get; init; }

    /// <summary>h_s, the integer network.</summary>
    public required NetworkDescription HyperScale { get; init; }

    /// <summary>h_m.</summary>
    public required NetworkDescription HyperMean { get; init; }

    /// <summary>The convolution over the even positions of y_hat.</summary>
    public required NetworkDescription ContextSpatial { get; init; }

    /// <summary>What makes the correction of the mean from the spatial context and h_m(z).</summary>
    public required NetworkDescription ContextFuse { get; init; }

    /// <summary>All networks, in the order in which they are described and hashed.</summary>
    public IEnumerable<NetworkDescription> Networks =>
        [AnalysisLinear, Analysis, SynthesisLinear, Synthesis, HyperAnalysis, HyperScale, HyperMean, ContextSpatial, ContextFuse];

    /// <summary>The networks that run in floating point: all but <see cref="HyperScale"/>.</summary>
    public IEnumerable<NetworkDescription> FloatNetworks => Networks.Where(network => network != HyperScale);

    /// <summary>Rounds a side up to <see cref="SizeMultiple"/>.</summary>
    /// <param name="side">Width or height in pixels.</param>
    public static int PadSide(int side) => checked((side + SizeMultiple - 1) / SizeMultiple * SizeMultiple);

    /// <summary>The standard network: 26.9 thousand multiply-adds a pixel to decode.</summary>
    /// <remarks>
    /// 320 latents, because 256 of the 768 components of a 16 x 16 x 3 patch cannot hold more than 41.6 dB of the Kodak
    /// pictures (energy outside the KLT of the training pictures; 320 hold 46.0 dB). The wider latents are paid for by a context
    /// convolution of 48 channels where the first network had 96.
    /// </remarks>
    /// <param name="latentChannels">M; 256 in the bootstrap weights.</param>
    /// <param name="contextChannels">Channels of the spatial context; 96 in the bootstrap weights.</param>
    public static ModelDescription Standard(int latentChannels = 320, int contextChannels = 48)
    {
        const float slope = 0.1f;
        int m = latentChannels;
        LeakyRelu leaky = new(slope);
        LeakyRelu relu = new(0);
        ResidualBlock Residual(int channels) => new(channels, slope);
        return new ModelDescription
        {
            LatentChannels = m,
            HyperChannels = 64,
            Scales = 128,
            Convolutions = ConvolutionMethod.Winograd,
            AnalysisLinear = new("analysis.linear", [new Convolution(3, m, LatentStride, LatentStride, 0, false)]) { IsSingle = true },
            Analysis = new("analysis.branch",
            [
                new PixelUnshuffle(4), Convolution.Same(48, 64, 3), leaky, Convolution.Same(64, 128, 3, 2), Residual(128), Residual(128),
                Convolution.Same(128, 192, 3, 2), Residual(192), Convolution.Same(192, m, 1),
            ]),
            SynthesisLinear = new("synthesis.linear", [new TransposedConvolution(m, 3, LatentStride)]) { IsSingle = true },
            Synthesis = new("synthesis.branch",
            [
                Convolution.Same(m, 192, 3), Residual(192), Convolution.Same(192, 512, 1), new PixelShuffle(2), Residual(128), Residual(128),
                Convolution.Same(128, 256, 1), new PixelShuffle(2), Residual(64), Convolution.Same(64, 48, 3), new PixelShuffle(4),
            ]),
            HyperAnalysis = new("hyper_analysis",
            [
                Convolution.Same(m, 128, 3), leaky, Convolution.Same(128, 96, 3, 2), leaky, Convolution.Same(96, 64, 3, 2),
            ]),
            HyperScale = new("hyper_scale",
            [
                Convolution.Same(64, 256, 1), new PixelShuffle(2), relu, Convolution.Same(64, 64, 3), relu,
                Convolution.Same(64, 384, 1), new PixelShuffle(2), relu, Convolution.Same(96, m, 3),
            ]),
            HyperMean = new("hyper_mean",
            [
                Convolution.Same(64, 384, 1), new PixelShuffle(2), leaky, Convolution.Same(96, 96, 3), leaky,
                Convolution.Same(96, 512, 1), new PixelShuffle(2), leaky, Convolution.Same(128, m, 3),
            ]),
            ContextSpatial = new("context.spatial", [Convolution.Same(m, contextChannels, ContextKernel)]) { IsSingle = true },
            ContextFuse = new("context.fuse", [Convolution.Same(contextChannels + m, 192, 1), leaky, Convolution.Same(192, m, 1)]),
        };
    }

    /// <summary>Checks that the networks fit together and stay within <see cref="ModelLimits"/>.</summary>
    /// <returns>Multiply-adds per picture pixel: of the encoder's own parts, and of the decoder.</returns>
    /// <exception cref="ModelFileException">They do not.</exception>
    public (double Encoder, double Decoder) Validate()
    {
        Require(LatentChannels is > 0 and <= ModelLimits.MaxLatentChannels, "the number of latent channels is out of range");
        Require(HyperChannels is > 0 and <= ModelLimits.MaxLatentChannels, "the number of hyper-latent channels is out of range");
        Require(Scales is > 0 and <= ModelLimits.MaxScales, "the number of scales is out of range");
        foreach (NetworkDescription network in Networks)
        {
            Require(network.Layers.Count is > 0 and <= ModelLimits.MaxLayers, $"network \"{network.Name}\" has an impossible number of layers");
        }

        CheckStructure();
        double latents = 1.0 / (LatentStride * LatentStride);
        double hyper = latents / (HyperStride * HyperStride);
        double encoder = Check(AnalysisLinear, 3, LatentChannels, 1, LatentStride)
            + Check(Analysis, 3, LatentChannels, 1, LatentStride)
            + (latents * Check(HyperAnalysis, LatentChannels, HyperChannels, 1, HyperStride));
        int spatial = ContextSpatial.Layers[^1] is Convolution c ? c.Outputs : 0;
        double decoder = (latents * (Check(SynthesisLinear, LatentChannels, 3, LatentStride, 1)
                + Check(Synthesis, LatentChannels, 3, LatentStride, 1)
                + Check(ContextSpatial, LatentChannels, spatial, 1, 1)
                + Check(ContextFuse, spatial + LatentChannels, LatentChannels, 1, 1)))
            + (hyper * (Check(HyperScale, HyperChannels, LatentChannels, HyperStride, 1)
                + Check(HyperMean, HyperChannels, LatentChannels, HyperStride, 1)));
        long packed = Networks.Sum(network => network.PackedWeights(Convolutions));
        Require(packed <= ModelLimits.MaxPackedWeights, $"the weights take {packed} elements with their channels padded, more than the {ModelLimits.MaxPackedWeights} allowed");
        Require(encoder + decoder <= ModelLimits.MaxMultiplyAddsPerPixel, $"the networks take {encoder + decoder:F0} multiply-adds per pixel, more than the {ModelLimits.MaxMultiplyAddsPerPixel:F0} allowed");
        return (encoder, decoder);
    }

    /// <summary>Which layers may stand where. The executors rely on it: a grid never shrinks to a fraction, and a shuffle always belongs to a convolution.</summary>
    private void CheckStructure()
    {
        Require(AnalysisLinear.Layers is [Convolution { HasBias: false, Kernel: LatentStride }], "analysis.linear must be one patch convolution without bias");
        Require(SynthesisLinear.Layers is [TransposedConvolution { Kernel: LatentStride }], "synthesis.linear must be one transposed patch convolution");
        Require(Analysis.Layers[0] is PixelUnshuffle, "analysis.branch must start with a pixel unshuffle");
        Require(Analysis.Layers.Skip(1).All(IsPlain) && HyperAnalysis.Layers.All(IsPlain), "analysis.branch (after its unshuffle) and hyper_analysis must be made of convolutions, residual blocks and activations");
        Require(Synthesis.Layers is [.., Convolution, PixelShuffle], "synthesis.branch must end with a convolution and a pixel shuffle");
        CheckGrowing(Synthesis with { Layers = [.. Synthesis.Layers.Take(Synthesis.Layers.Count - 1)] });
        CheckGrowing(HyperMean);
        CheckGrowing(HyperScale);
        Require(!HyperScale.Layers.Any(layer => layer is ResidualBlock), "hyper_scale must be made of convolutions, shuffles and ReLUs");
        Require(ContextSpatial.Layers is [Convolution { Kernel: ContextKernel, Stride: 1, HasBias: true }], "context.spatial must be one 5x5 convolution with bias");
        IReadOnlyList<Layer> fuse = ContextFuse.Layers;
        for (int i = 0; i < fuse.Count; i++)
        {
            bool fits = fuse[i] is Convolution { Kernel: 1, Stride: 1, HasBias: true } || (fuse[i] is LeakyRelu && i > 0 && fuse[i - 1] is Convolution);
            Require(fits, "context.fuse must be made of 1x1 convolutions with bias, each followed by at most one activation");
        }
    }

    /// <summary>A layer that neither grows nor reorders its grid.</summary>
    private static bool IsPlain(Layer layer) => layer is Convolution { Kernel: < LatentStride } or ResidualBlock or LeakyRelu;

    /// <summary>Convolutions of stride 1, residual blocks and activations; shuffles only directly behind a convolution, and not last.</summary>
    private static void CheckGrowing(NetworkDescription network)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            bool fits = network.Layers[i] is Convolution { Stride: 1 } or ResidualBlock or LeakyRelu
                || (network.Layers[i] is PixelShuffle && i > 0 && i < network.Layers.Count - 1 && network.Layers[i - 1] is Convolution);
            Require(fits, $"layer {i} of \"{network.Name}\" cannot stand there: strides are for the analysis, and a shuffle follows a convolution and precedes another layer");
        }
    }

    private static double Check(NetworkDescription network, int inputs, int outputs, int up, int down)
    {
        NetworkShape shape = network.Shape(inputs);
        Require(
            shape.Channels == outputs && shape.Up == up && shape.Down == down,
            $"network \"{network.Name}\" gives {shape.Channels} channels at {shape.Up}/{shape.Down} of its input's size where {outputs} at {up}/{down} are needed");
        return shape.MultiplyAdds;
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ModelFileException($"The model's description is not acceptable: {problem}.");
        }
    }
}
