using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.3: from the y_hat of the whole padded picture to samples.</summary>
/// <param name="model">The model.</param>
/// <param name="quality">Quality of the header.</param>
internal sealed class Synthesis(ModelFile model, int quality)
{
    /// <summary>p: red, green and blue at the size of the padded picture.</summary>
    public Grid<float> Apply(Grid<float> latents)
    {
        Grid<float> scaled = new(latents.Rows, latents.Columns, latents.Channels);
        for (int i = 0; i < scaled.Values.Length; i++)
        {
            scaled.Values[i] = latents.Values[i] * model.Tables.Inverse(quality, i % latents.Channels);
        }

        return GridArithmetic.Add(
            model.Network(NetworkNames.SynthesisLinear).Apply(scaled),
            model.Network(NetworkNames.SynthesisBranch).Apply(scaled));
    }

    /// <summary>Converts a pixel of p to colour samples: one for grey, three for red, green and blue.</summary>
    public static int[] ToSamples(float red, float green, float blue, int colours, int maximum) => colours == 1
        ? [ToSample(((red + green) + blue) / 3, maximum)]
        : [ToSample(red, maximum), ToSample(green, maximum), ToSample(blue, maximum)];

    private static int ToSample(float p, int maximum)
    {
        float level = ((p + 0.5f) * maximum) + 0.5f;
        return level >= 1 ? (int)MathF.Floor(MathF.Min(level, maximum)) : 0;
    }
}
