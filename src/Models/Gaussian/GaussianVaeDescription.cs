using System.Text;
using System.Text.Json;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Gaussian;

/// <summary>
/// A variational autoencoder of small pictures in its first form: the encoder gives a Gaussian for each latent, the prior of the latents is a standard
/// Gaussian, the decoder gives the mean of the pixels (Kingma, Welling, Auto-Encoding Variational Bayes, ICLR 2014, section 3 and appendix C.2).
/// </summary>
/// <remarks>It codes no files: it is there to sample, to interpolate and to recover.</remarks>
public sealed record GaussianVaeDescription
{
    /// <summary>Most latents.</summary>
    public const int MaxLatents = 1024;

    /// <summary>Bounds of the logarithms of variances that encoders give: beyond them a posterior is as good as certain, or says nothing.</summary>
    public const float LowestLogVariance = -14, HighestLogVariance = 6;

    /// <summary>Elements of all tensors that a picture passes through, forwards: 64 MiB of floats, a hundred times those of the model that ships.</summary>
    private const double MaxElements = 1 << 24;

    /// <summary>Multiply-adds of both networks for a picture: twenty times those of the model that ships.</summary>
    private const double MaxMultiplyAdds = 2e9;

    private const string SideKey = "side", LatentsKey = "latents", EncoderName = "encoder", DecoderName = "decoder";

    /// <summary>Side of the square pictures, in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>Latents of a picture.</summary>
    public required int Latents { get; init; }

    /// <summary>From pixels / 255 - 0.5 (3 x side x side) to the posterior: the means of all latents, then the logarithms of their variances (2 latents x 1 x 1).</summary>
    public required NetworkDescription Encoder { get; init; }

    /// <summary>From latents (latents x 1 x 1) to the mean of pixels / 255 - 0.5 (3 x side x side).</summary>
    public required NetworkDescription Decoder { get; init; }

    /// <summary>Both networks.</summary>
    public IEnumerable<NetworkDescription> Networks => [Encoder, Decoder];

    /// <summary>The model that ships: pictures of 32 x 32, 2.65 million weights with 128 latents.</summary>
    /// <param name="latents">Latents of a picture.</param>
    public static GaussianVaeDescription Small(int latents = 128)
    {
        const float slope = 0.1f;
        LeakyRelu leaky = new(slope);
        ResidualBlock Residual(int channels) => new(channels, slope);
        return new GaussianVaeDescription
        {
            Side = 32,
            Latents = latents,
            Encoder = new(EncoderName,
            [
                new PixelUnshuffle(2), Convolution.Same(12, 48, 3), leaky, Convolution.Same(48, 96, 3, 2), Residual(96), Residual(96),
                Convolution.Same(96, 128, 3, 2), Residual(128), leaky, new Convolution(128, 2 * latents, 4, 4, 0, true),
            ]),
            Decoder = new(DecoderName,
            [
                Convolution.Same(latents, 128 * 16, 1), new PixelShuffle(4), leaky, Convolution.Same(128, 96 * 4, 3), new PixelShuffle(2), Residual(96), Residual(96),
                Convolution.Same(96, 64 * 4, 3), new PixelShuffle(2), Residual(64), leaky, Convolution.Same(64, 12, 3), new PixelShuffle(2),
            ]),
        };
    }

    /// <summary>Reads a description from untrusted text.</summary>
    /// <param name="text">The JSON text.</param>
    /// <exception cref="ModelFileException">Not a description, or not an acceptable one.</exception>
    public static GaussianVaeDescription Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement root = document.RootElement;
            GaussianVaeDescription description = new()
            {
                Side = root.GetProperty(SideKey).GetInt32(),
                Latents = root.GetProperty(LatentsKey).GetInt32(),
                Encoder = NetworkJson.Read(root, EncoderName),
                Decoder = NetworkJson.Read(root, DecoderName),
            };
            description.Validate();
            return description;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new ModelFileException($"The model's description cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the description as JSON text; the same description gives the same bytes.</summary>
    public string Write()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber(SideKey, Side);
            json.WriteNumber(LatentsKey, Latents);
            foreach (NetworkDescription network in Networks)
            {
                NetworkJson.Write(json, network);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Checks that the networks fit together and that the executors can run them.</summary>
    /// <exception cref="ModelFileException">They do not.</exception>
    public void Validate()
    {
        Require(Side is > 0 and <= 64 && Latents is > 0 and <= MaxLatents, "side or number of latents is out of range");
        Require(Encoder.Layers is [PixelUnshuffle, .., Convolution] && Encoder.Layers.Skip(1).All(layer => layer is Convolution or ResidualBlock or LeakyRelu), "the encoder must be an unshuffle, then convolutions, residual blocks and activations, and end with a convolution");
        Require(Decoder.Layers is [Convolution, .., Convolution, PixelShuffle], "the decoder must begin with a convolution and end with a convolution and a shuffle");
        for (int i = 0; i < Decoder.Layers.Count; i++)
        {
            bool fits = Decoder.Layers[i] is Convolution { Stride: 1 } or ResidualBlock or LeakyRelu || (Decoder.Layers[i] is PixelShuffle && Decoder.Layers[i - 1] is Convolution);
            Require(fits, $"layer {i} of the decoder cannot stand there: it is made of convolutions of stride 1, shuffles directly behind them, residual blocks and activations");
        }

        NetworkShape down = Encoder.Shape(3), up = Decoder.Shape(Latents);
        Require(down.Channels == 2 * Latents && down.Up == 1 && down.Down == Side, $"the encoder gives {down.Channels} channels at {down.Up}/{down.Down}");
        Require(up.Channels == 3 && up.Up == Side && up.Down == 1, $"the decoder gives {up.Channels} channels at {up.Up}/{up.Down}");

        // The decoder's weights are held forwards, backwards, and as they are stored.
        Require(Encoder.PackedWeights(ConvolutionMethod.Direct) + (3 * Decoder.PackedWeights(ConvolutionMethod.Direct)) <= ModelLimits.MaxPackedWeights, "it has too many weights");
        Require((down.MultiplyAdds * Side * Side) + up.MultiplyAdds <= MaxMultiplyAdds, "it takes too many multiply-adds for a picture");
        Require(Elements(Encoder, 3, Side) + Elements(Decoder, Latents, 1) <= MaxElements, "its tensors are too large");
    }

    /// <summary>Elements of all tensors of a network, channels padded as the executors pad them.</summary>
    private static double Elements(NetworkDescription network, int channels, double side)
    {
        double sum = 0;
        foreach (Layer layer in network.Layers)
        {
            (channels, side) = layer switch
            {
                Convolution c => (c.Outputs, side / c.Stride),
                PixelShuffle s => (channels / (s.Factor * s.Factor), side * s.Factor),
                PixelUnshuffle u => (channels * u.Factor * u.Factor, side / u.Factor),
                _ => (channels, side),
            };
            sum += (layer is ResidualBlock ? 3 : 1) * (channels + 15.0) * side * side;
        }

        return sum;
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ModelFileException($"The model's description is not acceptable: {problem}.");
        }
    }
}
