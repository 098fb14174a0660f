using VaeCodec.Models.Gaussian;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>How a VAE with a Gaussian posterior does on pictures: means over them.</summary>
public sealed record GaussianMeasures
{
    /// <summary>A latent is active where its posterior's mean varies by more than this from picture to picture: Burda, Grosse, Salakhutdinov, Importance Weighted Autoencoders (ICLR 2016), section 5.2.</summary>
    public const double ActiveVariance = 0.01;

    /// <summary>Nats below which a picture says next to nothing of a latent.</summary>
    public const double Silent = 0.1;

    /// <summary>Pictures measured.</summary>
    public required int Pictures { get; init; }

    /// <summary>PSNR in dB of what the decoder makes of the posteriors' means.</summary>
    public required double Psnr { get; init; }

    /// <summary>Standard deviation of samples, in 0..1, around what the decoder makes of latents drawn from the posteriors.</summary>
    public required double Deviation { get; init; }

    /// <summary>Divergence of each latent in nats.</summary>
    public required IReadOnlyList<double> Divergences { get; init; }

    /// <summary>Latents that are active.</summary>
    public required int Active { get; init; }

    /// <summary>Share of a picture's latents that are silent in it.</summary>
    public required double SilentShare { get; init; }

    /// <summary>How many of a picture's latents hold nine tenths of its divergence.</summary>
    public required double HoldingMost { get; init; }

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pictures">Pictures of its size.</param>
    public static GaussianMeasures Of(GaussianVae model, PictureSet pictures)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Pictures.Count, nameof(pictures));
        int count = pictures.Pictures.Count, latents = model.Latents;
        double[] divergences = new double[latents], sums = new double[latents], squares = new double[latents];
        double psnr = 0, error = 0, silent = 0, holding = 0;
        StandardNormals normals = new(1);
        foreach (DecodedPicture picture in pictures.Pictures)
        {
            GaussianPosterior posterior = model.Encode(picture.Pixels);
            float[] mean = [.. posterior.Means], drawn = new float[latents];
            double[] own = [.. Enumerable.Range(0, latents).Select(posterior.Divergence)];
            for (int i = 0; i < latents; i++)
            {
                divergences[i] += own[i] / count;
                sums[i] += mean[i] / count;
                squares[i] += (double)mean[i] * mean[i] / count;
                drawn[i] = (float)(mean[i] + (Math.Exp(0.5 * posterior.LogVariances[i]) * normals.Next()));
            }

            psnr += -10 * Math.Log10(Math.Max(SquaredError(model, mean, picture), 1e-8)) / count;
            error += SquaredError(model, drawn, picture) / count;
            silent += own.Count(value => value < Silent) / (double)latents / count;
            holding += HoldingNineTenths(own) / (double)count;
        }

        return new GaussianMeasures
        {
            Pictures = count,
            Psnr = psnr,
            Deviation = Math.Sqrt(error),
            Divergences = divergences,
            Active = Enumerable.Range(0, latents).Count(i => squares[i] - (sums[i] * sums[i]) > ActiveVariance),
            SilentShare = silent,
            HoldingMost = holding,
        };
    }

    private static double SquaredError(GaussianVae model, float[] latents, DecodedPicture picture)
    {
        float[] pixels = new float[model.Samples];
        model.Decode(latents, pixels);
        double sum = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            double difference = pixels[i] + 0.5 - (picture.Pixels[i] / 255.0);
            sum += difference * difference;
        }

        return sum / pixels.Length;
    }

    private static int HoldingNineTenths(double[] divergences)
    {
        double left = 0.9 * divergences.Sum();
        int count = 0;
        foreach (double value in divergences.OrderDescending().TakeWhile(_ => left > 0))
        {
            left -= value;
            count++;
        }

        return count;
    }
}
