using TorchSharp;
using TorchSharp.Modules;
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

    private readonly IReadOnlyList<KeyValuePair<string, Parameter>> _parameters;
    private readonly NamedTensors _state = new();

    public AdamOptimiser(IEnumerable<KeyValuePair<string, Parameter>> parameters)
    {
        _parameters = [.. parameters];
        _state.Add(Count, zeros(1));
        foreach ((string name, Parameter value) in _parameters)
        {
            _state.Add(First(name), zeros_like(value));
            _state.Add(Second(name), zeros_like(value));
        }
    }

    public void Step(double rate)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double step = _state[Count].add_(1).ToSingle();
        double correction1 = 1 - Math.Pow(Beta1, step), correction2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
        foreach ((string name, Parameter value) in _parameters)
        {
            if (value.grad is not { } gradient)
            {
                continue;
            }

            torch.Tensor first = _state[First(name)], second = _state[Second(name)];
            first.mul_(Beta1).add_(gradient, 1 - Beta1);
            second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            torch.Tensor divisor = second.sqrt().div_(correction2).add_(Epsilon);
            value.addcdiv_(first, divisor, -rate / correction1);
            gradient.zero_();
        }
    }

    public void Save(SafetensorsFile file) => _state.Save(file);

    public void Load(SafetensorsFile file) => _state.Load(file);

    public void Dispose() => _state.Dispose();

    private static string First(string name) => $"adam.first/{name}";

    private static string Second(string name) => $"adam.second/{name}";
}
