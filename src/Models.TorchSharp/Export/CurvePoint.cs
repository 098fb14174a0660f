namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>A point of a model's curve: real files, means over pictures.</summary>
/// <param name="Quality">1..100.</param>
/// <param name="BitsPerPixel">Bits of the whole file for a pixel of the picture.</param>
/// <param name="Psnr">PSNR of the decoded 8-bit RGB samples in dB.</param>
public sealed record CurvePoint(int Quality, double BitsPerPixel, double Psnr);
