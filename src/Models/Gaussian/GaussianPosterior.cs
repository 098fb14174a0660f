namespace VaeCodec.Models.Gaussian;

/// <summary>What an encoder knows of a picture's latents: a Gaussian for each, independent of the others.</summary>
/// <param name="Means">Their means, in units of the prior's standard deviation.</param>
/// <param name="LogVariances">Natural logarithms of their variances.</param>
public sealed record GaussianPosterior(IReadOnlyList<float> Means, IReadOnlyList<float> LogVariances)
{
    /// <summary>The Kullback-Leibler divergence of a latent from the standard Gaussian, in nats: what this picture says of it.</summary>
    /// <param name="latent">Its number.</param>
    /// <remarks>Source: Kingma, Welling, Auto-Encoding Variational Bayes (ICLR 2014), appendix B.</remarks>
    public double Divergence(int latent)
    {
        double mean = Means[latent], logVariance = LogVariances[latent];
        return 0.5 * ((mean * mean) + Math.Exp(logVariance) - 1 - logVariance);
    }

    /// <summary>The divergence of all latents together, in nats.</summary>
    public double TotalDivergence => Enumerable.Range(0, Means.Count).Sum(Divergence);
}
