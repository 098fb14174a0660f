namespace VaeCodec;

/// <summary>What an encode to a target produced.</summary>
/// <param name="File">What was written.</param>
/// <param name="Quality">The quality that it has.</param>
/// <param name="Psnr">PSNR in dB, where that was the target; otherwise null.</param>
/// <param name="Encodes">How often the picture was encoded.</param>
public sealed record VaeTargetResult(VaeEncodeResult File, int Quality, double? Psnr, int Encodes);
