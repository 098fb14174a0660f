using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;

namespace VaeCodec.Refinement;

/// <summary>What a squared error of the pixels is worth in bits at a quality: the lambda that the model was trained with, read off its gains.</summary>
internal static class ErrorPrice
{
    /// <summary>
    /// Bits of a squared quantiser unit, as the linear path alone sees it, for the channel in the middle. With the lambdas that the standard model was
    /// trained with it is 9.3 to 10.4 at qualities 1 to 100.
    /// </summary>
    private const double UnitBits = 9.6;

    /// <summary>Bits of a squared error of one sample, 1 from black to white.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="channels">Samples of a pixel: an error of a grey sample counts as that of three.</param>
    public static float Of(Model model, int quality, int channels)
    {
        const int patch = 3 * ModelDescription.LatentStride * ModelDescription.LatentStride;
        ReadOnlySpan<float> basis = model.Floats($"{model.Description.SynthesisLinear.Name}.weight"), inverseGain = model.InverseGain(quality);
        double[] energies = new double[inverseGain.Length];
        for (int c = 0; c < energies.Length; c++)
        {
            double energy = 0;
            foreach (float weight in basis.Slice(c * patch, patch))
            {
                energy += (double)weight * weight;
            }

            energies[c] = energy * inverseGain[c] * inverseGain[c];
        }

        Array.Sort(energies);
        double middle = energies[energies.Length / 2];
        return middle > 0 ? (float)(UnitBits / middle * 3 / channels) : 0;
    }
}
