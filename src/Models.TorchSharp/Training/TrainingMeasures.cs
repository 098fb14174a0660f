namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>What a step (or the mean of some) gave.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="BitsPerPixel">Rate.</param>
/// <param name="Psnr">PSNR in dB, of unrounded values.</param>
/// <param name="GradientNorm">Norm of the gradient before clipping.</param>
internal readonly record struct TrainingMeasures(double Loss, double BitsPerPixel, double Psnr, double GradientNorm);
