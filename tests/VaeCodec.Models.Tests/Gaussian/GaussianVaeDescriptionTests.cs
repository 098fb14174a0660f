using VaeCodec.Models.Description;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Gaussian;

public class GaussianVaeDescriptionTests
{
    [Fact]
    public void DescriptionsComeBack()
    {
        foreach (GaussianVaeDescription description in (GaussianVaeDescription[])[GaussianVaeDescription.Small(), TinyGaussian.Description])
        {
            string text = description.Write();
            GaussianVaeDescription read = GaussianVaeDescription.Read(text);
            Assert.Equal(text, read.Write());
            Assert.Equal(description.Networks.SelectMany(network => network.Layers), read.Networks.SelectMany(network => network.Layers));
        }
    }

    /// <summary>Much work and large tensors take few weights.</summary>
    [Fact]
    public void WhatWouldTakeTooMuchIsRefused()
    {
        Large(128, new ResidualBlock(128, 0.1f)).Validate();
        Assert.Contains("multiply-adds", Assert.Throws<ModelFileException>(Large(128, [.. Enumerable.Repeat(new ResidualBlock(128, 0.1f), 10)]).Validate).Message, StringComparison.Ordinal);
        Assert.Contains("tensors are too large", Assert.Throws<ModelFileException>(Large(1024, [.. Enumerable.Repeat(new LeakyRelu(0.1f), 20)]).Validate).Message, StringComparison.Ordinal);
        Assert.Contains("too many weights", Assert.Throws<ModelFileException>(Large(2048, new ResidualBlock(2048, 0.1f)).Validate).Message, StringComparison.Ordinal);
    }

    /// <summary>Pictures of 64 x 64, with layers over 32 x 32.</summary>
    private static GaussianVaeDescription Large(int channels, params Layer[] layers) => new()
    {
        Side = 64,
        Latents = 5,
        Encoder = new("encoder", [new PixelUnshuffle(16), new Convolution(768, 10, 4, 4, 0, true)]),
        Decoder = new("decoder", [Convolution.Same(5, 4096, 1), new PixelShuffle(16), Convolution.Same(16, 64, 1), new PixelShuffle(2), Convolution.Same(16, channels, 1), .. layers, Convolution.Same(channels, 12, 1), new PixelShuffle(2)]),
    };

    [Fact]
    public void WhatCannotBeRunIsRefused()
    {
        GaussianVaeDescription tiny = TinyGaussian.Description;
        NetworkDescription Without(NetworkDescription network, int layer) => network with { Layers = [.. network.Layers.Where((_, i) => i != layer)] };
        foreach (GaussianVaeDescription bad in (GaussianVaeDescription[])
        [
            tiny with { Latents = 4 },
            tiny with { Latents = 0 },
            tiny with { Side = 16 },
            tiny with { Side = 65 },
            tiny with { Encoder = tiny.Encoder with { Layers = [.. tiny.Encoder.Layers, new LeakyRelu(0.1f)] } },
            tiny with { Encoder = Without(tiny.Encoder, 0) },
            tiny with { Encoder = Without(tiny.Encoder, 3) },
            tiny with { Decoder = Without(tiny.Decoder, 1) },
            tiny with { Decoder = Without(tiny.Decoder, tiny.Decoder.Layers.Count - 1) },
            tiny with { Decoder = tiny.Decoder with { Layers = [.. tiny.Decoder.Layers.Take(3), new PixelShuffle(2), .. tiny.Decoder.Layers.Skip(3)] } },
        ])
        {
            Assert.Throws<ModelFileException>(bad.Validate);
            Assert.Throws<ModelFileException>(() => GaussianVaeDescription.Read(bad.Write()));
        }

        foreach (string text in (string[])["", "[]", "{}", "{\"side\":8,\"latents\":5,\"encoder\":[],\"decoder\":[]}", "{\"side\":8,\"latents\":5,\"encoder\":[{\"layer\":\"attention\"}],\"decoder\":[]}"])
        {
            Assert.Throws<ModelFileException>(() => GaussianVaeDescription.Read(text));
        }
    }
}
