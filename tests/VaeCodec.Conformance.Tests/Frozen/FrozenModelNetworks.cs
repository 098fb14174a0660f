using VaeCodec.Models.Description;

namespace VaeCodec.Conformance.Tests.Frozen;

/// <summary>
/// The networks of the frozen model: every kind of layer, in sizes that fit a small file. Most channel counts are no
/// multiples of 16, so that the vector paths work with channels of padding.
/// </summary>
internal static class FrozenModelNetworks
{
    public const int LatentChannels = 17;
    public const int HyperChannels = 8;
    private const float Slope = 0.1f;

    public static ModelDescription Describe()
    {
        LeakyRelu leaky = new(Slope);
        LeakyRelu relu = new(0);
        ResidualBlock Residual(int channels) => new(channels, Slope);
        const int m = LatentChannels, z = HyperChannels, patch = ModelDescription.LatentStride;
        return new ModelDescription
        {
            LatentChannels = m,
            HyperChannels = z,
            Scales = 80,
            AnalysisLinear = new("analysis.linear", [new Convolution(3, m, patch, patch, 0, false)]) { IsSingle = true },
            Analysis = new("analysis.branch",
            [
                new PixelUnshuffle(4), Convolution.Same(48, 10, 3), leaky, Convolution.Same(10, 13, 3, 2), Residual(13),
                Convolution.Same(13, 20, 3, 2), Convolution.Same(20, m, 1),
            ]),
            SynthesisLinear = new("synthesis.linear", [new TransposedConvolution(m, 3, patch)]) { IsSingle = true },
            Synthesis = new("synthesis.branch",
            [
                Convolution.Same(m, 14, 3), Residual(14), Convolution.Same(14, 48, 1), new PixelShuffle(2), Residual(12),
                Convolution.Same(12, 36, 1), new PixelShuffle(2), leaky, Convolution.Same(9, 48, 3), new PixelShuffle(4),
            ]),
            HyperAnalysis = new("hyper_analysis",
            [
                Convolution.Same(m, 12, 3), leaky, new Convolution(12, 10, 2, 2, 0, true), leaky, Convolution.Same(10, z, 3, 2),
            ]),
            HyperScale = new("hyper_scale",
            [
                Convolution.Same(z, 40, 1), new PixelShuffle(2), relu, Convolution.Same(10, 11, 3), relu,
                Convolution.Same(11, 48, 1), new PixelShuffle(2), relu, Convolution.Same(12, m, 3),
            ]),
            HyperMean = new("hyper_mean",
            [
                Convolution.Same(z, 40, 1), new PixelShuffle(2), leaky, Convolution.Same(10, 12, 1), leaky,
                Convolution.Same(12, 44, 1), new PixelShuffle(2), leaky, Convolution.Same(11, m, 3),
            ]),
            ContextSpatial = new("context.spatial", [Convolution.Same(m, 10, ModelDescription.ContextKernel)]) { IsSingle = true },
            ContextFuse = new("context.fuse", [Convolution.Same(10 + m, 22, 1), leaky, Convolution.Same(22, m, 1)]),
        };
    }
}
