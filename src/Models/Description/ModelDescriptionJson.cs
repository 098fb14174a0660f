using System.Text;
using System.Text.Json;

namespace VaeCodec.Models.Description;

/// <summary>
/// The description as JSON text, as it stands in a model file's metadata and enters the model's identity. Writing is
/// canonical: the same description gives the same bytes.
/// </summary>
public static class ModelDescriptionJson
{
    private const string ConvolutionsKey = "convolutions";
    private const string Winograd = "winograd";

    /// <summary>Writes a description.</summary>
    /// <param name="model">The description.</param>
    public static string Write(ModelDescription model)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("latent_channels", model.LatentChannels);
            json.WriteNumber("hyper_channels", model.HyperChannels);
            json.WriteNumber("scales", model.Scales);
            if (model.Convolutions == ConvolutionMethod.Winograd)
            {
                json.WriteString(ConvolutionsKey, Winograd);
            }

            foreach (NetworkDescription network in model.Networks)
            {
                NetworkJson.Write(json, network);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads a description from untrusted text.</summary>
    /// <param name="text">The JSON text.</param>
    /// <exception cref="ModelFileException">Not a description, or not an acceptable one.</exception>
    public static ModelDescription Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement root = document.RootElement;
            NetworkDescription Network(string name, bool single = false) => NetworkJson.Read(root, name) with { IsSingle = single };

            ModelDescription model = new()
            {
                LatentChannels = root.GetProperty("latent_channels").GetInt32(),
                HyperChannels = root.GetProperty("hyper_channels").GetInt32(),
                Scales = root.GetProperty("scales").GetInt32(),
                Convolutions = root.TryGetProperty(ConvolutionsKey, out JsonElement method) ? ReadMethod(method) : ConvolutionMethod.Direct,
                AnalysisLinear = Network("analysis.linear", true),
                Analysis = Network("analysis.branch"),
                SynthesisLinear = Network("synthesis.linear", true),
                Synthesis = Network("synthesis.branch"),
                HyperAnalysis = Network("hyper_analysis"),
                HyperScale = Network("hyper_scale"),
                HyperMean = Network("hyper_mean"),
                ContextSpatial = Network("context.spatial", true),
                ContextFuse = Network("context.fuse"),
            };
            model.Validate();
            return model;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new ModelFileException($"The model's description cannot be read: {exception.Message}", exception);
        }
    }

    private static ConvolutionMethod ReadMethod(JsonElement method) => method.ValueKind == JsonValueKind.String && method.ValueEquals(Winograd)
        ? ConvolutionMethod.Winograd
        : throw new ModelFileException($"The model asks for convolutions of an unknown kind, {method.GetRawText()}; it needs a newer version of VaeCodec.");
}
