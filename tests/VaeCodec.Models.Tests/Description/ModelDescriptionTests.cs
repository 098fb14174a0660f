using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Description;

public class ModelDescriptionTests
{
    private static readonly ModelDescription s_good = TinyModel.Description;

    public static TheoryData<string, ModelDescription> BadDescriptions()
    {
        ModelDescription d = s_good;
        LeakyRelu leaky = new(0.1f);
        Convolution toLatents = Convolution.Same(9, 6, 3, 2);
        return new TheoryData<string, ModelDescription>
        {
            { "no latent channels", d with { LatentChannels = 0 } },
            { "negative latent channels", d with { LatentChannels = -6 } },
            { "too many latent channels", d with { LatentChannels = ModelLimits.MaxChannels + 1 } },
            { "other latent channels", d with { LatentChannels = 7 } },
            { "no hyper channels", d with { HyperChannels = 0 } },
            { "other hyper channels", d with { HyperChannels = 4 } },
            { "no scales", d with { Scales = 0 } },
            { "too many scales", d with { Scales = ModelLimits.MaxScales + 1 } },
            { "empty network", d with { HyperMean = new("hyper_mean", []) } },
            { "too many layers", d with { HyperMean = new("hyper_mean", [.. d.HyperMean.Layers, .. Enumerable.Repeat<Layer>(leaky, ModelLimits.MaxLayers)]) } },
            { "linear analysis with a bias", d with { AnalysisLinear = new("analysis.linear", [new Convolution(3, 6, 16, 16, 0, true)]) { IsSingle = true } } },
            { "linear analysis of two layers", d with { AnalysisLinear = new("analysis.linear", [new Convolution(3, 6, 16, 16, 0, false), leaky]) } },
            { "linear analysis with another kernel", d with { AnalysisLinear = new("analysis.linear", [new Convolution(3, 6, 8, 8, 0, false)]) } },
            { "linear synthesis that is a convolution", d with { SynthesisLinear = new("synthesis.linear", [Convolution.Same(6, 768, 1), new PixelShuffle(16)]) } },
            { "analysis without an unshuffle", d with { Analysis = new("analysis.branch", [new Convolution(3, 9, 8, 8, 0, true), toLatents]) } },
            { "analysis of another scale", d with { Analysis = new("analysis.branch", [new PixelUnshuffle(4), Convolution.Same(48, 9, 3), toLatents]) } },
            { "analysis with channels that do not fit", d with { Analysis = new("analysis.branch", [new PixelUnshuffle(4), Convolution.Same(47, 9, 3, 2), toLatents]) } },
            { "analysis with a residual of other channels", d with { Analysis = new("analysis.branch", [new PixelUnshuffle(4), Convolution.Same(48, 9, 3, 2), new ResidualBlock(8, 0.1f), toLatents]) } },
            { "synthesis without a last shuffle", d with { Synthesis = new("synthesis.branch", [Convolution.Same(6, 768, 3), new PixelShuffle(16), Convolution.Same(3, 3, 3)]) } },
            { "synthesis of another scale", d with { Synthesis = new("synthesis.branch", [Convolution.Same(6, 48, 3), new PixelShuffle(4)]) } },
            { "shuffle that does not divide", d with { Synthesis = new("synthesis.branch", [Convolution.Same(6, 770, 3), new PixelShuffle(16)]) } },
            { "shuffle by one", d with { HyperMean = new("hyper_mean", [Convolution.Same(5, 96, 1), new PixelShuffle(1), new PixelShuffle(4)]) } },
            { "slope above one", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 5, 3, 2), new LeakyRelu(1.5f), Convolution.Same(5, 5, 3, 2)]) } },
            { "slope below zero", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 5, 3, 2), new LeakyRelu(-0.1f), Convolution.Same(5, 5, 3, 2)]) } },
            { "slope that is not a number", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 5, 3, 2), new LeakyRelu(float.NaN), Convolution.Same(5, 5, 3, 2)]) } },
            { "residual with a slope that is not a number", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 5, 3, 2), new ResidualBlock(5, float.NaN), Convolution.Same(5, 5, 3, 2)]) } },
            { "even kernel with padding", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 5, 4, 2), Convolution.Same(5, 5, 3, 2)]) } },
            { "stride of three", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 5, 3, 3), Convolution.Same(5, 5, 3, 2)]) } },
            { "negative padding", d with { HyperAnalysis = new("hyper_analysis", [new Convolution(6, 5, 3, 2, -1, true), Convolution.Same(5, 5, 3, 2)]) } },
            { "no kernel", d with { HyperAnalysis = new("hyper_analysis", [new Convolution(6, 5, 0, 0, 0, true), Convolution.Same(5, 5, 3, 2)]) } },
            { "kernel of 17", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 5, 17, 2), Convolution.Same(5, 5, 3, 2)]) } },
            { "no outputs", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 0, 3, 2), Convolution.Same(0, 5, 3, 2)]) } },
            { "outputs beyond the limit", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 4097, 1), Convolution.Same(4097, 5, 3, 2), Convolution.Same(5, 5, 3, 2)]) } },
            { "unshuffle beyond the channels", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 4096, 1), new PixelUnshuffle(4), Convolution.Same(65536, 5, 1)]) } },
            { "context of 3x3", d with { ContextSpatial = new("context.spatial", [Convolution.Same(6, 10, 3)]) } },
            { "context of 7x7", d with { ContextSpatial = new("context.spatial", [Convolution.Same(6, 10, 7)]) } },
            { "context of two layers", d with { ContextSpatial = new("context.spatial", [Convolution.Same(6, 10, 5), leaky]) } },
            { "fusing convolution of 3x3", d with { ContextFuse = new("context.fuse", [Convolution.Same(16, 6, 3)]) } },
            { "more channels than there may be where context and latents meet", d with { ContextSpatial = new("context.spatial", [Convolution.Same(d.LatentChannels, ModelLimits.MaxChannels, 5)]) { IsSingle = true }, ContextFuse = new("context.fuse", [Convolution.Same(ModelLimits.MaxChannels + d.LatentChannels, d.LatentChannels, 1)]) } },
            { "fusing residual", d with { ContextFuse = new("context.fuse", [Convolution.Same(16, 6, 1), new ResidualBlock(6, 0.1f)]) } },
            { "scale network with a residual", d with { HyperScale = new("hyper_scale", [Convolution.Same(5, 96, 1), new PixelShuffle(4), new ResidualBlock(6, 0)]) } },
            { "too many multiply-adds", d with { HyperAnalysis = new("hyper_analysis", [Convolution.Same(6, 4096, 3), Convolution.Same(4096, 4096, 15), Convolution.Same(4096, 5, 3, 2), Convolution.Same(5, 5, 3, 2)]) } },
        };
    }

    [Theory]
    [MemberData(nameof(BadDescriptions), DisableDiscoveryEnumeration = true)]
    public void BadDescriptions_AreRefused_DirectlyAndAsText(string what, ModelDescription description)
    {
        Exception? direct = Record.Exception(() => description.Validate());
        Assert.True(direct is ModelFileException, $"{what}: {direct}");

        // Numbers that JSON cannot hold never reach a file.
        if (!what.Contains("not a number", StringComparison.Ordinal))
        {
            Exception? read = Record.Exception(() => ModelDescriptionJson.Read(ModelDescriptionJson.Write(description)));
            Assert.True(read is ModelFileException, $"{what}: {read}");
        }
    }

    [Fact]
    public void TheStandardNetwork_CostsWhatTheDesignSays()
    {
        (double encoder, double decoder) = ModelDescription.Standard(256, 96).Validate();
        Assert.Equal(26_600, decoder, 100.0);
        Assert.Equal(17_800, encoder, 100.0);
        Assert.InRange(ModelDescription.Standard().Validate().Decoder, 26_000, 27_000);
        Assert.Equal(64, ModelDescription.Standard(64).LatentChannels);
        ModelDescription.Standard(64).Validate();
    }

    [Fact]
    public void MultiplyAdds_AreCountedDensely()
    {
        NetworkShape shape = new NetworkDescription("n", [Convolution.Same(2, 8, 3), new PixelShuffle(2), new ResidualBlock(2, 0), Convolution.Same(2, 5, 3, 2)]).Shape(2);
        Assert.Equal(new NetworkShape(5, 1, 1, (2 * 8 * 9) + (4 * 2 * 9 * 4) + (2 * 5 * 9)), shape);
    }

    [Fact]
    public void TheStandardNetwork_NamesItsTensorsAsTheTrainingDoes()
    {
        string[] names = [.. ModelDescription.Standard().Networks.SelectMany(network => network.Tensors()).Select(tensor => tensor.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
        foreach (string expected in (string[])["analysis.linear.weight", "analysis.branch.4.a.weight", "synthesis.linear.bias", "synthesis.branch.9.bias", "hyper_scale.8.weight", "hyper_mean.8.bias", "context.spatial.weight", "context.fuse.2.weight"])
        {
            Assert.Contains(expected, names);
        }

        Assert.DoesNotContain("analysis.linear.bias", names);
    }
}
