namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>A point of a curve, means over pictures.</summary>
/// <param name="Level">The level.</param>
/// <param name="BitsPerPixel">Rate as entropy.</param>
/// <param name="Psnr">PSNR of 8-bit RGB in dB.</param>
public sealed record ValidationPoint(float Level, double BitsPerPixel, double Psnr);
