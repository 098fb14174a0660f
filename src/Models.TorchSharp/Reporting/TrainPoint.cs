namespace VaeCodec.Models.TorchSharp.Reporting;

/// <summary>A line of progress of a log: means since the line before. What was not finite is NaN.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">The loss.</param>
/// <param name="BitsPerPixel">Rate.</param>
/// <param name="Psnr">PSNR in dB.</param>
/// <param name="GradientNorm">Norm of the gradient before clipping.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
internal readonly record struct TrainPoint(int Step, double Loss, double BitsPerPixel, double Psnr, double GradientNorm, double LearningRate);
