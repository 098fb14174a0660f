namespace VaeCodec.Models.TorchSharp.Reporting;

/// <summary>A validation of a log: one level, means over pictures.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Level">The level.</param>
/// <param name="BitsPerPixel">Rate on held-out pictures.</param>
/// <param name="Psnr">PSNR in dB on held-out pictures.</param>
/// <param name="TrainingBitsPerPixel">Rate on training pictures.</param>
/// <param name="TrainingPsnr">PSNR in dB on training pictures.</param>
internal readonly record struct ValidationRecord(int Step, double Level, double BitsPerPixel, double Psnr, double TrainingBitsPerPixel, double TrainingPsnr);
