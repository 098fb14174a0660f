using VaeCodec.Models.Description;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Tests.Support;

/// <summary>A VAE of 8 x 8 pictures with random weights, as a model file.</summary>
internal static class TinyGaussian
{
    public const int Latents = 5;

    public static GaussianVaeDescription Description { get; } = new()
    {
        Side = 8,
        Latents = Latents,
        Encoder = new("encoder", [new PixelUnshuffle(2), Convolution.Same(12, 7, 3), new LeakyRelu(0.1f), Convolution.Same(7, 9, 3, 2), new ResidualBlock(9, 0.1f), new Convolution(9, 2 * Latents, 2, 2, 0, true)]),
        Decoder = new("decoder", [Convolution.Same(Latents, 8 * 4, 1), new PixelShuffle(2), new LeakyRelu(0.1f), new ResidualBlock(8, 0.1f), Convolution.Same(8, 6 * 4, 3), new PixelShuffle(2), new LeakyRelu(0.2f), Convolution.Same(6, 12, 3), new PixelShuffle(2)]),
    };

    /// <summary>The tensors and texts of the model file; each call gives new ones.</summary>
    public static SafetensorsFile Create(int seed = 1)
    {
        Random random = new(seed);
        SafetensorsFile file = new();
        file.Metadata[GaussianVae.FormatKey] = GaussianVae.FormatName;
        file.Metadata[GaussianVae.NameKey] = "tiny";
        file.Metadata[GaussianVae.DescriptionKey] = Description.Write();
        foreach (NetworkDescription network in Description.Networks)
        {
            foreach ((string name, int[] shape, float[] values) in new RandomNetwork(network, random).All)
            {
                file.Tensors[name] = Tensor.FromFloats(shape, values);
            }
        }

        file.Tensors[GaussianVae.DeviationTensor] = Tensor.FromFloats([1], [0.1f]);
        file.Tensors[GaussianVae.DivergencesTensor] = Tensor.FromFloats([Latents], [5, 4, 3, 2, 1]);
        return file;
    }
}
