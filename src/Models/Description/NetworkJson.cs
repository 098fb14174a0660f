using System.Text.Json;

namespace VaeCodec.Models.Description;

/// <summary>A network as an array of layers in JSON.</summary>
internal static class NetworkJson
{
    /// <summary>Writes a network as a property of its name.</summary>
    public static void Write(Utf8JsonWriter json, NetworkDescription network)
    {
        json.WriteStartArray(network.Name);
        foreach (Layer layer in network.Layers)
        {
            WriteLayer(json, layer);
        }

        json.WriteEndArray();
    }

    /// <summary>Reads a network from untrusted text.</summary>
    /// <param name="root">The object whose property it is.</param>
    /// <param name="name">The property's name, and the network's.</param>
    /// <exception cref="ModelFileException">Too many layers, or one of an unknown kind. What JSON itself finds wrong comes as its own exceptions.</exception>
    public static NetworkDescription Read(JsonElement root, string name)
    {
        JsonElement array = root.GetProperty(name);
        return array.GetArrayLength() <= ModelLimits.MaxLayers
            ? new NetworkDescription(name, [.. array.EnumerateArray().Select(ReadLayer)])
            : throw new ModelFileException($"Network \"{name}\" has {array.GetArrayLength()} layers, more than the {ModelLimits.MaxLayers} allowed.");
    }

    private static void WriteLayer(Utf8JsonWriter json, Layer layer)
    {
        json.WriteStartObject();
        switch (layer)
        {
            case Convolution c:
                json.WriteString("layer", "convolution");
                json.WriteNumber("inputs", c.Inputs);
                json.WriteNumber("outputs", c.Outputs);
                json.WriteNumber("kernel", c.Kernel);
                json.WriteNumber("stride", c.Stride);
                json.WriteNumber("padding", c.Padding);
                json.WriteBoolean("bias", c.HasBias);
                break;
            case TransposedConvolution t:
                json.WriteString("layer", "transposed_convolution");
                json.WriteNumber("inputs", t.Inputs);
                json.WriteNumber("outputs", t.Outputs);
                json.WriteNumber("kernel", t.Kernel);
                break;
            case ResidualBlock r:
                json.WriteString("layer", "residual_block");
                json.WriteNumber("channels", r.Channels);
                json.WriteNumber("slope", r.Slope);
                break;
            case PixelShuffle s:
                json.WriteString("layer", "pixel_shuffle");
                json.WriteNumber("factor", s.Factor);
                break;
            case PixelUnshuffle u:
                json.WriteString("layer", "pixel_unshuffle");
                json.WriteNumber("factor", u.Factor);
                break;
            case LeakyRelu l:
                json.WriteString("layer", "leaky_relu");
                json.WriteNumber("slope", l.Slope);
                break;
        }

        json.WriteEndObject();
    }

    private static Layer ReadLayer(JsonElement layer)
    {
        int Number(string name) => layer.GetProperty(name).GetInt32();
        string? kind = layer.GetProperty("layer").GetString();
        return kind switch
        {
            "convolution" => new Convolution(Number("inputs"), Number("outputs"), Number("kernel"), Number("stride"), Number("padding"), layer.GetProperty("bias").GetBoolean()),
            "transposed_convolution" => new TransposedConvolution(Number("inputs"), Number("outputs"), Number("kernel")),
            "residual_block" => new ResidualBlock(Number("channels"), layer.GetProperty("slope").GetSingle()),
            "pixel_shuffle" => new PixelShuffle(Number("factor")),
            "pixel_unshuffle" => new PixelUnshuffle(Number("factor")),
            "leaky_relu" => new LeakyRelu(layer.GetProperty("slope").GetSingle()),
            _ => throw new ModelFileException($"The model's description has a layer of unknown kind \"{kind}\"."),
        };
    }
}
