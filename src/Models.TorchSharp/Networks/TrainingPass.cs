using TorchSharp;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>What one forward pass gives for each sample of a batch.</summary>
/// <param name="BitsPerPixel">Rate of y and z, N.</param>
/// <param name="HyperBitsPerPixel">Rate of z alone, N.</param>
/// <param name="MeanSquaredError">Distortion of values in 0..1, mean over pixels and channels, N.</param>
public sealed record TrainingPass(torch.Tensor BitsPerPixel, torch.Tensor HyperBitsPerPixel, torch.Tensor MeanSquaredError);
