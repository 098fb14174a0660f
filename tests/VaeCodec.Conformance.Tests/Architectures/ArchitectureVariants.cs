using VaeCodec.Models.Description;

namespace VaeCodec.Conformance.Tests.Architectures;

/// <summary>
/// Networks that fit together by channels and resolution, and mostly are none that the executors run: layers at
/// unusual places, detours in resolution. What cannot run must be refused when the model is loaded.
/// </summary>
internal static class ArchitectureVariants
{
    private static readonly LeakyRelu s_leaky = new(0.1f);
    private static readonly Dictionary<string, Func<ModelDescription, ModelDescription>> s_variants = Create();

    /// <summary>What the executors do not run, by the rules of <see cref="ModelDescription"/>: shuffles that end a network or follow no convolution, strides and detours downwards where a grid grows, kernels above 7, context layers without a bias.</summary>
    private static readonly HashSet<string> s_refused =
    [
        "h_m ends with a shuffle by 4", "h_m ends with a shuffle by 2", "h_m goes down by patches first", "h_m goes down by strides first", "h_m unshuffles first",
        "h_m is a transposed convolution", "h_m starts with a transposed convolution", "h_m ends with a transposed convolution", "h_m shuffles twice",
        "h_m shuffles after an activation", "h_m shuffles after a residual block", "h_m has kernels that are too large",
        "h_a ends with a shuffle", "h_a goes down too far and up again", "h_a goes down far by strides and up again", "h_a unshuffles first", "h_a goes up first", "h_a starts with a transposed convolution",
        "g_a ends with a shuffle", "g_a goes down too far and up again", "g_a goes down by 4 too far with strides", "g_a unshuffles twice", "g_a has a transposed convolution",
        "g_s unshuffles first", "g_s goes down first", "g_s goes down far first", "g_s starts with a transposed convolution", "g_s goes too far up and down again", "g_s shuffles after an activation",
        "fuse starts with an activation", "fuse activates twice", "fuse has a convolution without bias", "context without bias",
        "h_s ends with a shuffle", "h_s ends with an activation", "h_s has no activation in the middle", "h_s has a large kernel",
    ];

    /// <summary>The names, as theory data.</summary>
    public static TheoryData<string> Names => [.. s_variants.Keys];

    /// <summary>Whether a variant cannot run, so that its model is to be refused; all others are to load.</summary>
    public static bool IsRefused(string name) => s_refused.Contains(name);

    /// <summary>A description with one network replaced.</summary>
    public static ModelDescription Apply(string name, ModelDescription description) => s_variants[name](description);

    private static Dictionary<string, Func<ModelDescription, ModelDescription>> Create()
    {
        Dictionary<string, Func<ModelDescription, ModelDescription>> variants = [];
        AddHyperMean(variants);
        AddHyperAnalysis(variants);
        AddAnalysis(variants);
        AddSynthesis(variants);
        AddContext(variants);
        AddHyperScale(variants);

        // The branch then sees much further ahead than the linear path beside it, which has to wait.
        variants["g_a looks far ahead"] = d => d with { Analysis = d.Analysis with { Layers = [.. d.Analysis.Layers, .. FarAhead(d)] } };
        variants["g_s looks far ahead"] = d => d with { Synthesis = d.Synthesis with { Layers = [.. FarAhead(d), .. d.Synthesis.Layers] } };
        variants["g_a has many residual blocks"] = d => d with { Analysis = d.Analysis with { Layers = [.. d.Analysis.Layers, .. Blocks(d)] } };
        variants["g_s has many residual blocks"] = d => d with { Synthesis = d.Synthesis with { Layers = [.. Blocks(d), .. d.Synthesis.Layers] } };
        return variants;
    }

    private static IEnumerable<Layer> Blocks(ModelDescription d) => Enumerable.Repeat(new ResidualBlock(d.LatentChannels, 0.1f), 8);

    private static IEnumerable<Layer> FarAhead(ModelDescription d) => Enumerable.Repeat(Convolution.Same(d.LatentChannels, d.LatentChannels, 7), 14);

    private static Convolution Patch(int inputs, int outputs, int side) => new(inputs, outputs, side, side, 0, true);

    private static void AddHyperMean(Dictionary<string, Func<ModelDescription, ModelDescription>> variants)
    {
        void Add(string name, Func<int, int, Layer[]> layers)
            => variants[$"h_m {name}"] = d => d with { HyperMean = new(d.HyperMean.Name, layers(d.HyperChannels, d.LatentChannels)) };
        Add("ends with a shuffle by 4", (z, m) => [Convolution.Same(z, 16 * m, 1), new PixelShuffle(4)]);
        Add("ends with a shuffle by 2", (z, m) => [Convolution.Same(z, 4 * m, 1), new PixelShuffle(2), s_leaky, Convolution.Same(m, 4 * m, 3), new PixelShuffle(2)]);
        Add("shuffles, then activates", (z, m) => [Convolution.Same(z, 16 * m, 1), new PixelShuffle(4), s_leaky]);
        Add("goes down by patches first", (z, m) => [Patch(z, 64 * m, 2), new PixelShuffle(8), s_leaky]);
        Add("goes down by strides first", (z, m) => [Convolution.Same(z, 64 * m, 3, 2), new PixelShuffle(8), s_leaky]);
        Add("unshuffles first", (z, m) => [new PixelUnshuffle(2), Convolution.Same(4 * z, 64 * m, 1), new PixelShuffle(8), s_leaky]);
        Add("is a transposed convolution", (z, m) => [new TransposedConvolution(z, m, 4)]);
        Add("starts with a transposed convolution", (z, m) => [new TransposedConvolution(z, m, 2), Convolution.Same(m, 4 * m, 3), new PixelShuffle(2), s_leaky]);
        Add("ends with a transposed convolution", (z, m) => [Convolution.Same(z, 4 * m, 1), new PixelShuffle(2), new TransposedConvolution(m, m, 2)]);
        Add("shuffles twice", (z, m) => [Convolution.Same(z, 16 * m, 1), new PixelShuffle(2), new PixelShuffle(2), s_leaky]);
        Add("shuffles after an activation", (z, m) => [Convolution.Same(z, 16 * m, 1), s_leaky, new PixelShuffle(4), Convolution.Same(m, m, 1)]);
        Add("shuffles after a residual block", (z, m) => [Convolution.Same(z, 16 * m, 1), new ResidualBlock(16 * m, 0.1f), new PixelShuffle(4), Convolution.Same(m, m, 1)]);
        Add("starts with an activation", (z, m) => [s_leaky, Convolution.Same(z, 16 * m, 1), new PixelShuffle(4), Convolution.Same(m, m, 1)]);
        Add("starts with a residual block", (z, m) => [new ResidualBlock(z, 0.1f), Convolution.Same(z, 16 * m, 1), new PixelShuffle(4), Convolution.Same(m, m, 1)]);
        Add("has large kernels", (z, m) => [Convolution.Same(z, 16 * m, 7), new PixelShuffle(4), Convolution.Same(m, m, 7)]);
        Add("has kernels that are too large", (z, m) => [Convolution.Same(z, 16 * m, 15), new PixelShuffle(4), Convolution.Same(m, m, 9)]);
        Add("has a convolution without bias", (z, m) => [new Convolution(z, 16 * m, 1, 1, 0, false), new PixelShuffle(4), s_leaky]);
    }

    private static void AddHyperAnalysis(Dictionary<string, Func<ModelDescription, ModelDescription>> variants)
    {
        void Add(string name, Func<int, int, Layer[]> layers)
            => variants[$"h_a {name}"] = d => d with { HyperAnalysis = new(d.HyperAnalysis.Name, layers(d.HyperChannels, d.LatentChannels)) };
        Add("is one patch", (z, m) => [Patch(m, z, 4)]);
        Add("ends with a shuffle", (z, m) => [Convolution.Same(m, m, 3, 2), Convolution.Same(m, m, 3, 2), Convolution.Same(m, 4 * z, 3, 2), new PixelShuffle(2)]);
        Add("goes down too far and up again", (z, m) => [Patch(m, 16 * z, 16), new PixelShuffle(4), s_leaky]);
        Add("goes down far by strides and up again", (z, m) => [Convolution.Same(m, m, 3, 2), Convolution.Same(m, m, 3, 2), Convolution.Same(m, m, 3, 2), Convolution.Same(m, 16 * z, 3, 2), new PixelShuffle(4), s_leaky]);
        Add("unshuffles first", (z, m) => [new PixelUnshuffle(4), Convolution.Same(16 * m, z, 1)]);
        Add("goes up first", (z, m) => [Convolution.Same(m, 4 * m, 1), new PixelShuffle(2), s_leaky, Patch(m, z, 8)]);
        Add("starts with a transposed convolution", (z, m) => [new TransposedConvolution(m, m, 2), Patch(m, z, 8)]);
        Add("starts with a residual block", (z, m) => [new ResidualBlock(m, 0.1f), Patch(m, z, 4), s_leaky]);
    }

    private static void AddAnalysis(Dictionary<string, Func<ModelDescription, ModelDescription>> variants)
    {
        void Add(string name, Func<int, Layer[]> layers)
            => variants[$"g_a {name}"] = d => d with { Analysis = new(d.Analysis.Name, layers(d.LatentChannels)) };
        Add("is an unshuffle and a convolution", m => [new PixelUnshuffle(16), Convolution.Same(768, m, 1)]);
        Add("unshuffles by 2", m => [new PixelUnshuffle(2), new ResidualBlock(12, 0.1f), Patch(12, m, 8)]);
        Add("unshuffles by 2 and has strides", m => [new PixelUnshuffle(2), s_leaky, Convolution.Same(12, 12, 5, 2), Convolution.Same(12, 12, 1, 2), Convolution.Same(12, m, 7, 2)]);
        Add("ends with a shuffle", m => [new PixelUnshuffle(16), Convolution.Same(768, 4 * m, 3, 2), new PixelShuffle(2)]);
        Add("goes down too far and up again", m => [new PixelUnshuffle(16), Patch(768, 16 * m, 4), new PixelShuffle(4), s_leaky]);
        Add("goes down by 4 too far with strides", m => [new PixelUnshuffle(16), Convolution.Same(768, m, 3, 2), Convolution.Same(m, 16 * m, 3, 2), new PixelShuffle(4), s_leaky]);
        Add("unshuffles twice", m => [new PixelUnshuffle(4), new PixelUnshuffle(4), Convolution.Same(768, m, 1)]);
        Add("is an unshuffle and an activation", m => [new PixelUnshuffle(4), s_leaky, Patch(48, m, 4)]);
        Add("has large kernels", m => [new PixelUnshuffle(2), Convolution.Same(12, 5, 7), Convolution.Same(5, 5, 7, 2), Convolution.Same(5, 5, 7, 2), Convolution.Same(5, m, 7, 2)]);
        Add("has large patches", m => [new PixelUnshuffle(2), Convolution.Same(12, 5, 7), Patch(5, m, 8)]);
        Add("has a transposed convolution", m => [new PixelUnshuffle(8), new TransposedConvolution(192, 8, 2), Patch(8, m, 4)]);
    }

    private static void AddSynthesis(Dictionary<string, Func<ModelDescription, ModelDescription>> variants)
    {
        void Add(string name, Func<int, Layer[]> layers)
            => variants[$"g_s {name}"] = d => d with { Synthesis = new(d.Synthesis.Name, layers(d.LatentChannels)) };
        Add("is a convolution and a shuffle", m => [Convolution.Same(m, 768, 1), new PixelShuffle(16)]);
        Add("starts with a residual block", m => [new ResidualBlock(m, 0.1f), Convolution.Same(m, 768, 3), new PixelShuffle(16)]);
        Add("starts with an activation", m => [s_leaky, Convolution.Same(m, 192, 1), new PixelShuffle(8), s_leaky, Convolution.Same(3, 12, 3), new PixelShuffle(2)]);
        Add("has large kernels", m => [Convolution.Same(m, 128, 7), new PixelShuffle(8), Convolution.Same(2, 2, 7), new ResidualBlock(2, 0.3f), Convolution.Same(2, 12, 7), new PixelShuffle(2)]);
        Add("ends with a shuffle by 2", m => [Convolution.Same(m, 128, 1), new PixelShuffle(8), Convolution.Same(2, 12, 3), new PixelShuffle(2)]);
        Add("unshuffles first", m => [new PixelUnshuffle(2), Convolution.Same(4 * m, 64, 1), new PixelShuffle(2), Convolution.Same(16, 768, 1), new PixelShuffle(16)]);
        Add("goes down first", m => [Convolution.Same(m, 64, 3, 2), new PixelShuffle(2), Convolution.Same(16, 768, 1), new PixelShuffle(16)]);
        Add("goes down far first", m => [Patch(m, 64, 8), new PixelShuffle(8), Convolution.Same(1, 768, 1), new PixelShuffle(16)]);
        Add("starts with a transposed convolution", m => [new TransposedConvolution(m, 16, 4), Convolution.Same(16, 48, 3), new PixelShuffle(4)]);
        Add("goes too far up and down again", m => [Convolution.Same(m, 256, 1), new PixelShuffle(16), s_leaky, Convolution.Same(1, 48, 3, 2), Convolution.Same(48, 48, 3, 2), new PixelShuffle(4)]);
        Add("shuffles after an activation", m => [Convolution.Same(m, 48, 1), s_leaky, new PixelShuffle(4), Convolution.Same(3, 48, 3), new PixelShuffle(4)]);
    }

    private static void AddContext(Dictionary<string, Func<ModelDescription, ModelDescription>> variants)
    {
        void Add(string name, Func<int, int, Layer[]> layers)
            => variants[$"fuse {name}"] = d => d with { ContextFuse = new(d.ContextFuse.Name, layers(((Convolution)d.ContextSpatial.Layers[0]).Outputs + d.LatentChannels, d.LatentChannels)) };
        Add("is one convolution", (inputs, m) => [Convolution.Same(inputs, m, 1)]);
        Add("ends with an activation", (inputs, m) => [Convolution.Same(inputs, m, 1), s_leaky]);
        Add("starts with an activation", (inputs, m) => [s_leaky, Convolution.Same(inputs, m, 1)]);
        Add("activates twice", (inputs, m) => [Convolution.Same(inputs, m, 1), s_leaky, s_leaky, Convolution.Same(m, m, 1)]);
        Add("widens and narrows", (inputs, m) => [Convolution.Same(inputs, 70, 1), Convolution.Same(70, 3, 1), Convolution.Same(3, m, 1), s_leaky]);
        Add("has a convolution without bias", (inputs, m) => [new Convolution(inputs, m, 1, 1, 0, false)]);
        variants["context without bias"] = d => d with { ContextSpatial = new(d.ContextSpatial.Name, [((Convolution)d.ContextSpatial.Layers[0]) with { HasBias = false }]) { IsSingle = true } };
    }

    private static void AddHyperScale(Dictionary<string, Func<ModelDescription, ModelDescription>> variants)
    {
        LeakyRelu relu = new(0);
        void Add(string name, Func<int, int, Layer[]> layers)
            => variants[$"h_s {name}"] = d => d with { HyperScale = new(d.HyperScale.Name, layers(d.HyperChannels, d.LatentChannels)) };
        Add("ends with a shuffle", (z, m) => [Convolution.Same(z, 16 * m, 3), new PixelShuffle(4)]);
        Add("ends with an activation", (z, m) => [Convolution.Same(z, 16 * m, 3), new PixelShuffle(4), relu]);
        Add("shuffles by 4", (z, m) => [Convolution.Same(z, 16 * 13, 1), new PixelShuffle(4), relu, Convolution.Same(13, m, 5)]);
        Add("has no activation in the middle", (z, m) => [Convolution.Same(z, 16 * m, 1), new PixelShuffle(4), Convolution.Same(m, m, 1)]);
        Add("has a large kernel", (z, m) => [Convolution.Same(z, 33, 9), relu, Convolution.Same(33, 16 * 5, 1), new PixelShuffle(4), relu, Convolution.Same(5, m, 7)]);
    }
}
