using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Pictures;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.Vectors;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Both decoders agree on models that use what the models of the vectors do not.</summary>
public class OtherModelTests
{
    public static TheoryData<string, string> Variants
    {
        get
        {
            TheoryData<string, string> variants = [];
            foreach (string model in (string[])[FrozenModel.Direct, FrozenModel.Winograd])
            {
                foreach (string change in (string[])["coarse", "kernels", "types", "shifts", "saturated", "bounded"])
                {
                    variants.Add(model, change);
                }
            }

            return variants;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void BothDecodersAgree(string name, string change)
    {
        byte[] file = Change(new ModelVariant(File.ReadAllBytes(FrozenModel.PathOf(name))), change).ToFile();
        VaeModel model = VaeModel.Load(file);
        ModelFile second = ModelFile.Load(file);
        Assert.Equal(model.Identity, second.Identity);
        VectorDefinition definition = new("generated", "scene", 300, 90, PixelLayout.Rgb24, 45) { TileSize = 256 };
        byte[] pixels = definition.Pixels();
        byte[] stream = VaeEncoder.Encode(VectorCatalogue.Describe(definition), pixels, definition.Options(model));
        byte[] expected = VaeDecoder.Decode(stream, new VaeDecoderOptions { Models = [model] }).Pixels;
        Assert.Equal(expected, FileDecoder.Decode(stream, second).PixelBytes);
    }

    private static ModelVariant Change(ModelVariant model, string change) => change switch
    {
        // Kernels of 3 at 1/64 and 1/32 of the size, where section 8.5 does not hold.
        "coarse" => model.WithConvolution(NetworkNames.HyperMean, 0, 3, true).WithConvolution(NetworkNames.HyperMean, 3, 3, true),

        // Kernels of 5 and 7, and convolutions without a bias, with section 8.5 and without.
        "kernels" => model.WithConvolution(NetworkNames.HyperMean, 5, 5, false)
            .WithConvolution(NetworkNames.HyperMean, 8, 7, true)
            .WithConvolution(NetworkNames.SynthesisBranch, 0, 3, false)
            .WithConvolution(NetworkNames.SynthesisBranch, 2, 5, true),
        "types" => model.WithTypesMixed(),

        // A shift of 0, and a larger kernel in hyper_scale.
        "shifts" => model.WithIntegerConvolution(3, 5, 0, 2).WithIntegerConvolution(8, 1, 24, 127),

        // Outputs of hyper_scale beyond 16 bits, and offsets that take them back to where the tables are.
        "saturated" => model.WithIntegerConvolution(5, 1, 0, 127).WithIntegerConvolution(8, 3, 0, 127).WithScaleOffsets(-32727),

        // Means beyond 32768, and with them symbols of 16 bits.
        "bounded" => model.WithTable("hyper_mean.gain", 50_000),
        _ => throw new ArgumentException($"There is no change \"{change}\".", nameof(change)),
    };
}
