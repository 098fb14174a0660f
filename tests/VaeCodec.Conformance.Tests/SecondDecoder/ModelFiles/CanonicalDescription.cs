using System.Globalization;

namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: the canonical form of a description, which enters the identity.</summary>
internal static class CanonicalDescription
{
    public static string Write(ModelDescription description)
    {
        string convolutions = description.Winograd ? "\"convolutions\":\"winograd\"," : string.Empty;
        string networks = string.Join(',', description.Networks.Select(Write));
        return $$"""{"latent_channels":{{description.LatentChannels}},"hyper_channels":{{description.HyperChannels}},"scales":{{description.Scales}},{{convolutions}}{{networks}}}""";
    }

    private static string Write(NetworkDescription network) => $"\"{network.Name}\":[{string.Join(',', network.Layers.Select(Write))}]";

    private static string Write(LayerDescription layer) => layer.Kind switch
    {
        LayerKind.Convolution => $$"""{"layer":"convolution","inputs":{{layer.Inputs}},"outputs":{{layer.Outputs}}"""
            + $$""","kernel":{{layer.Kernel}},"stride":{{layer.Stride}},"padding":{{layer.Padding}}"""
            + $$""","bias":{{(layer.Bias ? "true" : "false")}}}""",
        LayerKind.TransposedConvolution => $$"""{"layer":"transposed_convolution","inputs":{{layer.Inputs}},"outputs":{{layer.Outputs}},"kernel":{{layer.Kernel}}}""",
        LayerKind.ResidualBlock => $$"""{"layer":"residual_block","channels":{{layer.Channels}},"slope":{{Number(layer.Slope)}}}""",
        LayerKind.PixelShuffle => $$"""{"layer":"pixel_shuffle","factor":{{layer.Factor}}}""",
        LayerKind.PixelUnshuffle => $$"""{"layer":"pixel_unshuffle","factor":{{layer.Factor}}}""",
        LayerKind.LeakyRelu => $$"""{"layer":"leaky_relu","slope":{{Number(layer.Slope)}}}""",
        _ => throw new ArgumentException($"There is no layer {layer.Kind}.", nameof(layer)),
    };

    /// <summary>The shortest decimal number that reads back as the same float.</summary>
    private static string Number(float slope) => slope.ToString("R", CultureInfo.InvariantCulture);
}
