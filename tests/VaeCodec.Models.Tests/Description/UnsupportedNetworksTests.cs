using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Description;

/// <summary>Networks whose layers fit each other but that the executors do not run as described: refused with the description.</summary>
public class UnsupportedNetworksTests
{
    public static TheoryData<string, ModelDescription> Networks()
    {
        ModelDescription d = TinyModel.Description;
        LeakyRelu leaky = new(0.1f);
        const int m = 6, hyper = 5;
        return new TheoryData<string, ModelDescription>
        {
            { "hyper_mean that ends in a shuffle", d with { HyperMean = new("hyper_mean", [Convolution.Same(hyper, 16 * m, 1), new PixelShuffle(4)]) } },
            { "hyper_mean with a transposed convolution", d with { HyperMean = new("hyper_mean", [new TransposedConvolution(hyper, m, 4)]) } },
            { "hyper_mean with two shuffles in a row", d with { HyperMean = new("hyper_mean", [Convolution.Same(hyper, 16 * m, 1), new PixelShuffle(2), new PixelShuffle(2), leaky]) } },
            { "hyper_analysis that starts with an unshuffle", d with { HyperAnalysis = new("hyper_analysis", [new PixelUnshuffle(4), Convolution.Same(16 * m, hyper, 1)]) } },
            { "hyper_analysis below a quarter of a tile", d with { HyperAnalysis = new("hyper_analysis", [new Convolution(m, 64, 16, 16, 0, true), new PixelShuffle(4), Convolution.Same(4, hyper, 1)]) } },
            { "synthesis with a transposed convolution", d with { Synthesis = new("synthesis.branch", [new TransposedConvolution(m, m, 4), Convolution.Same(m, 48, 3), new PixelShuffle(4)]) } },
            { "synthesis that starts with an unshuffle", d with { Synthesis = new("synthesis.branch", [new PixelUnshuffle(2), Convolution.Same(4 * m, 3072, 1), new PixelShuffle(8), Convolution.Same(48, 48, 3), new PixelShuffle(4)]) } },
            { "synthesis with two shuffles in a row", d with { Synthesis = new("synthesis.branch", [Convolution.Same(m, 768, 1), new PixelShuffle(2), new PixelShuffle(2), Convolution.Same(48, 48, 3), new PixelShuffle(4)]) } },
            { "synthesis below a quarter of the latents", d with { Synthesis = new("synthesis.branch", [new Convolution(m, 256, 16, 16, 0, true), new PixelShuffle(16), Convolution.Same(1, 768, 1), new PixelShuffle(16)]) } },
            { "synthesis with a kernel beyond the line buffers", d with { Synthesis = new("synthesis.branch", [Convolution.Same(m, 8, 15), Convolution.Same(8, 768, 1), new PixelShuffle(16)]) } },
            { "analysis with a second unshuffle", d with { Analysis = new("analysis.branch", [new PixelUnshuffle(4), new PixelUnshuffle(4), Convolution.Same(768, m, 1)]) } },
            { "fusing network that starts with an activation", d with { ContextFuse = new("context.fuse", [leaky, Convolution.Same(10 + m, m, 1)]) } },
            { "fusing network with two activations in a row", d with { ContextFuse = new("context.fuse", [Convolution.Same(10 + m, m, 1), leaky, leaky]) } },
            { "fusing convolution without a bias", d with { ContextFuse = new("context.fuse", [Convolution.Same(10 + m, m, 1) with { HasBias = false }]) } },
            { "context convolution without a bias", d with { ContextSpatial = new("context.spatial", [Convolution.Same(m, 10, 5) with { HasBias = false }]) { IsSingle = true } } },
        };
    }

    [Theory]
    [MemberData(nameof(Networks), DisableDiscoveryEnumeration = true)]
    public void AreRefused(string what, ModelDescription description)
    {
        Exception? exception = Record.Exception(() => description.Validate());
        Assert.True(exception is ModelFileException, $"{what}: {exception?.ToString() ?? "accepted"}");
    }
}
