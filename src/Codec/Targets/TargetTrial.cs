namespace VaeCodec.Targets;

/// <summary>A file that was tried on the way to a target.</summary>
/// <param name="File">Its bytes.</param>
/// <param name="Result">What the encoder said of it.</param>
/// <param name="Quality">Its quality.</param>
/// <param name="Measure">What the target is about: the logarithm of its bytes, or its PSNR in dB.</param>
internal sealed record TargetTrial(byte[] File, VaeEncodeResult Result, int Quality, double Measure);
