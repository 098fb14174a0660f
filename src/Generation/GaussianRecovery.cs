using VaeCodec.Models.Cpu;
using VaeCodec.Models.Gaussian;

namespace VaeCodec.Generation;

/// <summary>
/// Recovers pictures with noise or holes: looks for the most probable latents given the samples that are there, those that make
/// sum((x - decoder(z))^2) / (2 s^2) + |z|^2 / 2 least over the known samples x, by gradient descent through the decoder.
/// </summary>
/// <remarks>
/// s^2 is the variance of the likelihood (<see cref="GaussianVae.PixelDeviation"/>) plus that of the noise. The descent is Adam (Kingma, Ba, ICLR 2015), begun at what the encoder
/// makes of the picture with its holes filled with the mean of what is known.
/// </remarks>
public static class GaussianRecovery
{
    private const int Steps = 300;
    private const double Rate = 0.05;

    /// <summary>Recovers a picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pixels">Row, column, channel: red, green and blue, a byte each; what they are within holes does not matter.</param>
    /// <param name="known">Whether each pixel is known: row, column.</param>
    /// <param name="noise">Standard deviation of noise that was added to the known samples, of samples in 0..1; 0 for none.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="ArgumentException">Another number of pixels than the model's, none of them is known, or noise below 0.</exception>
    public static RecoveredPicture Recover(GaussianVae model, ReadOnlySpan<byte> pixels, ReadOnlySpan<bool> known, double noise = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 0);
        if (pixels.Length != model.Samples)
        {
            throw new ArgumentException($"The model takes {model.Side} x {model.Side} pixels.", nameof(pixels));
        }

        if (known.Length * 3 != pixels.Length)
        {
            throw new ArgumentException($"The model takes {model.Side} x {model.Side} pixels, and {known.Length} are said to be known or not.", nameof(known));
        }

        bool[] mask = known.ToArray();
        if (!mask.Contains(true))
        {
            throw new ArgumentException("No pixel is known.", nameof(known));
        }

        float[] target = new float[pixels.Length];
        SampleConversion.FromBytes(pixels, target);
        FillHoles(target, mask);
        float[] latents = [.. model.Encode(target).Means];
        float precision = (float)(1 / (((double)model.PixelDeviation * model.PixelDeviation) + (noise * noise)));
        Descend(model, latents, cancellationToken, decoded =>
        {
            for (int i = 0; i < decoded.Length; i++)
            {
                decoded[i] = mask[i / 3] ? (decoded[i] - target[i]) * precision : 0;
            }
        });

        byte[] mean = model.Decode(latents), merged = pixels.ToArray();
        for (int i = 0; i < merged.Length; i++)
        {
            merged[i] = mask[i / 3] && noise == 0 ? merged[i] : mean[i];
        }

        return new RecoveredPicture(latents, mean, merged);
    }

    private static void Descend(GaussianVae model, float[] latents, CancellationToken cancellationToken, Action<float[]> derivative)
    {
        const double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8;
        float[] pixels = new float[model.Samples], gradient = new float[latents.Length];
        double[] first = new double[latents.Length], second = new double[latents.Length];
        for (int step = 1; step <= Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            model.Differentiate(latents, pixels, derivative, gradient);

            // Falling to nothing, so that the last steps settle.
            double rate = Rate * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
            for (int i = 0; i < latents.Length; i++)
            {
                double slope = gradient[i] + latents[i];
                first[i] = (beta1 * first[i]) + ((1 - beta1) * slope);
                second[i] = (beta2 * second[i]) + ((1 - beta2) * slope * slope);
                latents[i] -= (float)(rate * first[i] / (1 - Math.Pow(beta1, step)) / (Math.Sqrt(second[i] / (1 - Math.Pow(beta2, step))) + epsilon));
            }
        }
    }

    /// <summary>Fills holes with the mean of what is known, channel by channel.</summary>
    private static void FillHoles(float[] samples, bool[] known)
    {
        for (int c = 0; c < 3; c++)
        {
            double sum = 0;
            for (int i = 0; i < known.Length; i++)
            {
                sum += known[i] ? samples[(i * 3) + c] : 0;
            }

            float mean = (float)(sum / known.Count(isKnown => isKnown));
            for (int i = 0; i < known.Length; i++)
            {
                samples[(i * 3) + c] = known[i] ? samples[(i * 3) + c] : mean;
            }
        }
    }
}
