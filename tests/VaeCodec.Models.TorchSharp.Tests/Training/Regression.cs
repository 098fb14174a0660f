using TorchSharp;
using VaeCodec.Models.TorchSharp.Networks;

namespace VaeCodec.Models.TorchSharp.Tests.Training;

/// <summary>Regression from noisy batches on a convolution's weights: the inputs' spread spans two decades, and not along the axes.</summary>
internal sealed class Regression : IDisposable
{
    private readonly torch.Tensor _target;
    private readonly torch.Tensor _mixer;
    private readonly torch.Generator _noise = new(5);

    public Regression()
    {
        torch.manual_seed(3);
        Weights = new WeightStore(torch.CPU);
        Weights.Add("w", torch.randn(16, 12, 3, 3));
        Weights.Add("b", torch.randn(16));
        _target = torch.randn(16, 12, 3, 3);
        (torch.Tensor rotation, _) = torch.linalg.qr(torch.randn(12, 12));
        _mixer = rotation * torch.logspace(0, -2, 12).unsqueeze(0);
    }

    public WeightStore Weights { get; }

    public double Backward()
    {
        torch.Tensor inputs = torch.randn(8, 12, 6, 6, generator: _noise).permute(0, 2, 3, 1).matmul(_mixer.t()).permute(0, 3, 1, 2);
        torch.Tensor error = torch.nn.functional.conv2d(inputs, Weights["w"] - _target) + Weights["b"].reshape(1, 16, 1, 1);
        torch.Tensor loss = error.square().mean();
        loss.backward();
        return loss.ToDouble();
    }

    public void Dispose() => Weights.Dispose();
}
