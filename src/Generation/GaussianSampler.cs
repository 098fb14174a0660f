using VaeCodec.Models.Gaussian;

namespace VaeCodec.Generation;

/// <summary>Draws pictures from a VAE: latents from the prior, a standard Gaussian, and what the decoder makes of them.</summary>
/// <param name="model">The model; left open.</param>
/// <param name="seed">The same seed gives the same pictures (on other systems but for a last digit of the latents).</param>
public sealed class GaussianSampler(GaussianVae model, int seed)
{
    private readonly StandardNormals _normals = new(seed);

    /// <summary>Draws the next picture.</summary>
    /// <param name="temperature">What the latents are multiplied with, at least 0: below 1 pictures are nearer to the mean and to each other.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is below 0.</exception>
    /// <returns>Its pixels, as <see cref="GaussianVae.Decode(ReadOnlySpan{float})"/> gives them.</returns>
    public byte[] Draw(float temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(temperature, 0);
        float[] latents = new float[model.Latents];
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = temperature * (float)_normals.Next();
        }

        return model.Decode(latents);
    }
}
