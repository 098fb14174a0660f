using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// Adam (Kingma, Ba, ICLR 2015). TorchSharp has it, too, but does not offer its state as named tensors.
/// </summary>
internal sealed class AdamOptimiser : IOptimiser
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private const string Count = "adam.steps";

    private readonly (FlatWeights Weights, torch.Tensor First, torch.Tensor Second)[] _pieces;
    private readonly NamedTensors _state = new();

    /// <param name="pieces">What to change; usually all weights in one piece.</param>
    public AdamOptimiser(params IEnumerable<FlatWeights> pieces)
    {
        _state.Add(Count, zeros(1));
        _pieces = [.. pieces.Select(weights => (weights, _state.AddParts("adam.first/", weights), _state.AddParts("adam.second/", weights)))];
    }

    public void Step(double rate)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double step = _state[Count].add_(1).ToSingle();
        double correction1 = 1 - Math.Pow(Beta1, step), correction2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
        foreach ((FlatWeights weights, torch.Tensor first, torch.Tensor second) in _pieces)
        {
            torch.Tensor gradient = weights.Gradients;
            first.mul_(Beta1).add_(gradient, 1 - Beta1);
            second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            torch.Tensor divisor = second.sqrt().div_(correction2).add_(Epsilon);
            weights.Values.addcdiv_(first, divisor, -rate / correction1);
            gradient.zero_();
        }
    }

    public void Save(SafetensorsFile file) => _state.Save(file);

    public void Load(SafetensorsFile file) => _state.Load(file);

    public void Dispose() => _state.Dispose();
}
