using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Gaussian;

public class GaussianVaeTests
{
    private static readonly int s_side = TinyGaussian.Description.Side;

    public static TheoryData<CpuPath> Paths => [.. SupportedPaths.All];

    [Theory]
    [MemberData(nameof(Paths))]
    internal void EncodeAndDecode_GiveWhatTheLayersSay(CpuPath path)
    {
        SafetensorsFile file = TinyGaussian.Create();
        using GaussianVae model = GaussianVae.Read(file, path);
        float[] Tensors(string name) => file.Tensors[name].ToFloats();
        Random random = new(3);

        // The second picture finds what the first has left.
        for (int round = 0; round < 2; round++)
        {
            FloatGrid pixels = new(s_side, s_side, 3), latents = new(1, 1, TinyGaussian.Latents);
            SlopeAssert.Noise(random, pixels.Values.Length).CopyTo(pixels.Values, 0);
            SlopeAssert.Noise(random, TinyGaussian.Latents).CopyTo(latents.Values, 0);
            float[] expected = NaiveNetwork.Run(TinyGaussian.Description.Encoder, Tensors, pixels).Values;
            GaussianPosterior posterior = model.Encode(pixels.Values);
            FloatAssert.SameValues(expected, (float[])[.. posterior.Means, .. posterior.LogVariances], "posterior");
            Assert.All(posterior.LogVariances, value => Assert.InRange(value, GaussianVaeDescription.LowestLogVariance, GaussianVaeDescription.HighestLogVariance));
            float[] decoded = new float[model.Samples];
            model.Decode(latents.Values, decoded);
            FloatAssert.SameValues(NaiveNetwork.Run(TinyGaussian.Description.Decoder, Tensors, latents).Values, decoded, "pixels");
            Assert.Equal(decoded.Select(value => (byte)Math.Clamp(MathF.Floor(((value + 0.5f) * 255) + 0.5f), 0, 255)), model.Decode(latents.Values));
        }
    }

    [Fact]
    public void BytesAreEncodedAsTheValuesTheyStandFor()
    {
        using GaussianVae model = GaussianVae.Read(TinyGaussian.Create());
        byte[] bytes = new byte[model.Samples];
        new Random(4).NextBytes(bytes);
        float[] values = [.. bytes.Select(value => (value / 255f) - 0.5f)];
        Assert.Equal(model.Encode(values).Means, model.Encode(bytes).Means);
    }

    [Fact]
    public void Differentiate_GivesTheSlope()
    {
        using GaussianVae model = GaussianVae.Read(TinyGaussian.Create());
        Random random = new(8);
        float[] weights = SlopeAssert.Noise(random, model.Samples), latents = SlopeAssert.Noise(random, TinyGaussian.Latents), gradient = new float[TinyGaussian.Latents], pixels = new float[model.Samples];
        for (int round = 0; round < 2; round++)
        {
            model.Differentiate(latents, pixels, derivative => weights.CopyTo(derivative, 0), gradient);
        }

        // A network as small as this has few activations, and each that bends between the two points of a slope shows: the point is one where next to none does.
        SlopeAssert.IsGradient(gradient, latents, 1e-3f, moved =>
        {
            model.Decode(moved, pixels);
            return SlopeAssert.Dot(pixels, weights);
        });
    }

    [Fact]
    public void DivergenceIsThatOfTwoGaussians()
    {
        GaussianPosterior posterior = new([0, 1.5f], [0, MathF.Log(0.25f)]);
        Assert.Equal(0, posterior.Divergence(0));

        // The mean of log(q / p) over q, by sums over a fine grid.
        double sum = 0, step = 1e-3;
        for (double x = -8; x < 8; x += step)
        {
            double logQ = (-0.5 * (x - 1.5) * (x - 1.5) / 0.25) - (0.5 * Math.Log(2 * Math.PI * 0.25)), logP = (-0.5 * x * x) - (0.5 * Math.Log(2 * Math.PI));
            sum += Math.Exp(logQ) * (logQ - logP) * step;
        }

        Assert.Equal(sum, posterior.Divergence(1), 1e-4);
        Assert.Equal(posterior.Divergence(1), posterior.TotalDivergence);
    }

    [Fact]
    public void FilesComeBack_AndIdentityIsThatOfTheTensors()
    {
        SafetensorsFile file = TinyGaussian.Create();
        using GaussianVae model = GaussianVae.Read(file.ToArray());
        Assert.Equal(("tiny", 8, 5, 0.1f), (model.Name, model.Side, model.Latents, model.PixelDeviation));
        Assert.Equal([5f, 4, 3, 2, 1], model.Divergences);
        Assert.Equal(TinyGaussian.Description.Write(), model.Description.Write());
        file.Metadata["note"] = "said later";
        using GaussianVae noted = GaussianVae.Read(file);
        Assert.Equal(model.Identity, noted.Identity);
        file.Tensors[GaussianVae.DeviationTensor] = Tensor.FromFloats([1], [0.2f]);
        using GaussianVae changed = GaussianVae.Read(file);
        Assert.NotEqual(model.Identity, changed.Identity);
    }

    [Theory]
    [InlineData("no format", "is not a VAE with a Gaussian posterior")]
    [InlineData("codec's format", "is \"vaecodec-model/0.1\"")]
    [InlineData("missing", "encoder.1.weight")]
    [InlineData("shape", "decoder.0.bias")]
    [InlineData("not finite", "decoder.0.weight")]
    [InlineData("deviation", "likelihood.deviation")]
    [InlineData("divergences", "latents.divergence")]
    [InlineData("name", "printable")]
    [InlineData("description", "description cannot be read")]
    public void WhatIsNoModelIsRefused(string damage, string said)
    {
        SafetensorsFile file = TinyGaussian.Create();
        switch (damage)
        {
            case "no format": file.Metadata.Remove(GaussianVae.FormatKey); break;
            case "codec's format": file.Metadata[GaussianVae.FormatKey] = "vaecodec-model/0.1"; break;
            case "missing": file.Tensors.Remove("encoder.1.weight"); break;
            case "shape": file.Tensors["decoder.0.bias"] = Tensor.FromFloats([31], new float[31]); break;
            case "not finite": file.Tensors["decoder.0.weight"] = Tensor.FromFloats([32, 5, 1, 1], [.. Enumerable.Repeat(float.NaN, 160)]); break;
            case "deviation": file.Tensors[GaussianVae.DeviationTensor] = Tensor.FromFloats([1], [0]); break;
            case "divergences": file.Tensors[GaussianVae.DivergencesTensor] = Tensor.FromFloats([5], [1, 2, 3, 4, 5]); break;
            case "name": file.Metadata[GaussianVae.NameKey] = "\u001b[2J"; break;
            default: file.Metadata[GaussianVae.DescriptionKey] = "{}"; break;
        }

        ModelFileException refused = Assert.Throws<ModelFileException>(() => GaussianVae.Read(file));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A damaged file is refused as one, or read and run; nothing else happens.</summary>
    [Fact]
    public void DamagedFilesAreReadOrRefused()
    {
        byte[] file = TinyGaussian.Create().ToArray();
        Random random = new(11);
        (int read, int refused) = (0, 0);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. file];
            for (int hits = random.Next(1, 4); hits > 0; hits--)
            {
                // Half of the hits in the texts in front, where structure is.
                damaged[random.Next(random.Next(2) == 0 ? damaged.Length : 3000)] = (byte)random.Next(256);
            }

            try
            {
                using GaussianVae model = GaussianVae.Read(i % 10 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
                model.Differentiate([.. model.Encode(new byte[model.Samples]).Means], new float[model.Samples], _ => { }, new float[model.Latents]);
                read++;
            }
            catch (ModelFileException)
            {
                refused++;
            }
        }

        Assert.True(read > 100 && refused > 500, $"{read} read, {refused} refused");
    }

    /// <summary>Beyond what training sees an encoder's word for a variance is not taken.</summary>
    [Fact]
    public void VariancesStayWithinTheirBounds()
    {
        SafetensorsFile file = TinyGaussian.Create();
        float[] bias = file.Tensors["encoder.5.bias"].ToFloats();
        (bias[TinyGaussian.Latents], bias[TinyGaussian.Latents + 1]) = (-1000, 1000);
        file.Tensors["encoder.5.bias"] = Tensor.FromFloats([bias.Length], bias);
        using GaussianVae model = GaussianVae.Read(file);
        GaussianPosterior posterior = model.Encode(new byte[model.Samples]);
        Assert.Equal((GaussianVaeDescription.LowestLogVariance, GaussianVaeDescription.HighestLogVariance), (posterior.LogVariances[0], posterior.LogVariances[1]));
    }

    [Fact]
    public void WhatIsDisposedRefusesWork()
    {
        GaussianVae model = GaussianVae.Read(TinyGaussian.Create());
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Encode(new byte[model.Samples]));
        Assert.Throws<ObjectDisposedException>(() => model.Decode(new float[model.Latents]));
    }

    /// <summary>An activation of slope 1 is none, and its gradient passes.</summary>
    [Fact]
    public void IdleActivationsPassTheirGradient()
    {
        GaussianVaeDescription description = TinyGaussian.Description with { Decoder = TinyGaussian.Description.Decoder with { Layers = [.. TinyGaussian.Description.Decoder.Layers.Select((layer, i) => i == 3 ? new ResidualBlock(8, 1) : layer)] } };
        SafetensorsFile file = TinyGaussian.Create();
        file.Metadata[GaussianVae.DescriptionKey] = description.Write();
        using GaussianVae model = GaussianVae.Read(file);
        float[] gradient = new float[model.Latents];
        model.Differentiate(new float[model.Latents], new float[model.Samples], pixels => Array.Fill(pixels, 1), gradient);
        Assert.All(gradient, value => Assert.True(float.IsFinite(value) && value != 0));
    }

    [Fact]
    public void WrongLengthsAreRefused()
    {
        using GaussianVae model = GaussianVae.Read(TinyGaussian.Create());
        Assert.Throws<ArgumentException>(() => model.Encode(new byte[191]));
        Assert.Throws<ArgumentException>(() => model.Decode(new float[6]));
        Assert.Throws<ArgumentException>(() => model.Decode(new float[5], new float[191]));
    }
}
