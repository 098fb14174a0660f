namespace VaeCodec.Generation;

/// <summary>What recovery made of a picture.</summary>
/// <param name="Latents">The most probable latents.</param>
/// <param name="Mean">What the decoder makes of them: row, column, channel, a byte each.</param>
/// <param name="Merged">The same with the known pixels as they were; where they were noisy, equal to <paramref name="Mean"/>.</param>
public sealed record RecoveredPicture(IReadOnlyList<float> Latents, byte[] Mean, byte[] Merged);
