using System.Text.Json;

namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: a description from its JSON.</summary>
internal static class DescriptionParser
{
    public static ModelDescription Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return ParseDescription(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DecodingException(FailureKind.ModelInvalid, $"The description: {exception.Message}");
        }
    }

    private static ModelDescription ParseDescription(JsonElement root)
    {
        bool winograd = root.TryGetProperty("convolutions", out JsonElement convolutions);
        if (winograd && convolutions.GetString() != "winograd")
        {
            throw new FormatException($"unknown convolutions {convolutions}");
        }

        return new ModelDescription
        {
            LatentChannels = Integer(root, "latent_channels", 1, 768),
            HyperChannels = Integer(root, "hyper_channels", 1, 768),
            Scales = Integer(root, "scales", 1, 256),
            Winograd = winograd,
            Networks = [.. NetworkNames.All.Select(name => ParseNetwork(name, root.GetProperty(name)))],
        };
    }

    private static NetworkDescription ParseNetwork(string name, JsonElement layers) => new(name, [.. layers.EnumerateArray().Select(ParseLayer)]);

    private static LayerDescription ParseLayer(JsonElement layer) => layer.GetProperty("layer").GetString() switch
    {
        "convolution" => new LayerDescription(LayerKind.Convolution)
        {
            Inputs = Integer(layer, "inputs", 1, 4096),
            Outputs = Integer(layer, "outputs", 1, 4096),
            Kernel = Integer(layer, "kernel", 1, 16),
            Stride = Integer(layer, "stride", 1, 16),
            Padding = Integer(layer, "padding", 0, 3),
            Bias = layer.GetProperty("bias").GetBoolean(),
        },
        "transposed_convolution" => new LayerDescription(LayerKind.TransposedConvolution)
        {
            Inputs = Integer(layer, "inputs", 1, 4096),
            Outputs = Integer(layer, "outputs", 1, 4096),
            Kernel = Integer(layer, "kernel", 1, 16),
            Bias = true,
        },
        "residual_block" => new LayerDescription(LayerKind.ResidualBlock) { Channels = Integer(layer, "channels", 1, 4096), Slope = Slope(layer) },
        "pixel_shuffle" => new LayerDescription(LayerKind.PixelShuffle) { Factor = Integer(layer, "factor", 2, 16) },
        "pixel_unshuffle" => new LayerDescription(LayerKind.PixelUnshuffle) { Factor = Integer(layer, "factor", 2, 16) },
        "leaky_relu" => new LayerDescription(LayerKind.LeakyRelu) { Slope = Slope(layer) },
        string other => throw new FormatException($"unknown layer {other}"),
        null => throw new FormatException("a layer without a kind"),
    };

    private static int Integer(JsonElement parent, string name, int least, int most)
    {
        int value = parent.GetProperty(name).GetInt32();
        return value >= least && value <= most ? value : throw new FormatException($"{name} {value}");
    }

    private static float Slope(JsonElement layer)
    {
        float slope = layer.GetProperty("slope").GetSingle();
        return slope is >= 0 and <= 1 ? slope : throw new FormatException($"slope {slope}");
    }
}
