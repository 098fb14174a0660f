namespace VaeCodec.Metrics.Structure;

/// <summary>Means over all positions of the window within a plane.</summary>
/// <param name="Ssim">Mean of luminance times contrast-structure.</param>
/// <param name="ContrastStructure">Mean of contrast-structure alone.</param>
internal readonly record struct SsimMean(double Ssim, double ContrastStructure);
