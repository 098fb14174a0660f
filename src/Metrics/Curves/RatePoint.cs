namespace VaeCodec.Metrics;

/// <summary>A point of a rate-distortion curve.</summary>
/// <param name="Rate">The rate, above 0: bits per pixel, or any unit that both curves of a comparison share.</param>
/// <param name="Quality">The quality, finite, higher is better: PSNR in dB, or another measure.</param>
public readonly record struct RatePoint(double Rate, double Quality);
