using TorchSharp;

namespace VaeCodec.Models.TorchSharp.Objectives;

/// <summary>What a batch gives; scalars.</summary>
/// <param name="Loss">What is minimised.</param>
/// <param name="BitsPerPixel">Rate.</param>
/// <param name="LogError">Logarithm to base 10 of the squared error of values in 0..1, its mean over samples.</param>
public sealed record ObjectiveValue(torch.Tensor Loss, torch.Tensor BitsPerPixel, torch.Tensor LogError);
