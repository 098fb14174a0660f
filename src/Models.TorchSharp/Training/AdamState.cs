using TorchSharp;
using TorchSharp.Modules;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// Adam (Kingma, Ba, ICLR 2015) and the moving average of the weights, with all of their state in named tensors: a
/// checkpoint is then a safetensors file that resumes to the bit, which TorchSharp's own optimisers do not offer.
/// </summary>
internal sealed class AdamState : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly WeightStore _weights;
    private readonly Dictionary<string, torch.Tensor> _state = new(StringComparer.Ordinal);

    public AdamState(WeightStore weights)
    {
        _weights = weights;
        foreach ((string name, Parameter value) in weights.Ordered)
        {
            _state[$"adam.first/{name}"] = zeros_like(value).detach().MoveToOuterDisposeScope();
            _state[$"adam.second/{name}"] = zeros_like(value).detach().MoveToOuterDisposeScope();
            _state[$"average/{name}"] = value.detach().clone().MoveToOuterDisposeScope();
        }
    }

    /// <summary>Changes the weights by their gradients and clears these.</summary>
    public void Step(int step, double rate, double averageDecay)
    {
        using IDisposable noGrad = no_grad();
        double correction1 = 1 - Math.Pow(Beta1, step + 1), correction2 = Math.Sqrt(1 - Math.Pow(Beta2, step + 1));

        // A young average follows the weights closely instead of remembering where they started.
        double decay = Math.Min(averageDecay, (1.0 + step) / (10 + step));
        foreach ((string name, Parameter value) in _weights.Ordered)
        {
            if (value.grad is not { } gradient)
            {
                continue;
            }

            torch.Tensor first = _state[$"adam.first/{name}"], second = _state[$"adam.second/{name}"];
            first.mul_(Beta1).add_(gradient, 1 - Beta1);
            second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            torch.Tensor divisor = second.sqrt().div_(correction2).add_(Epsilon);
            value.addcdiv_(first, divisor, -rate / correction1);
            _state[$"average/{name}"].mul_(decay).add_(value, 1 - decay);
            gradient.zero_();
        }
    }

    /// <summary>Exchanges the weights with their moving average, to validate or export it; called twice it restores them.</summary>
    public void SwapAverage()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Parameter value) in _weights.Ordered)
        {
            torch.Tensor average = _state[$"average/{name}"];
            torch.Tensor copy = value.detach().clone();
            value.copy_(average);
            average.copy_(copy);
        }
    }

    public void Save(SafetensorsFile file)
    {
        foreach ((string name, torch.Tensor value) in _state)
        {
            file.Tensors[name] = TensorConversion.ToSafetensors(value);
        }
    }

    public void Load(SafetensorsFile file)
    {
        using IDisposable noGrad = no_grad();
        foreach ((string name, torch.Tensor value) in _state)
        {
            if (!file.Tensors.TryGetValue(name, out Safetensors.Tensor? stored))
            {
                throw new ModelFileException($"The checkpoint has no tensor \"{name}\".");
            }

            using torch.Tensor source = TensorConversion.FromSafetensors(stored);
            value.copy_(source);
        }
    }

    public void Dispose()
    {
        foreach (torch.Tensor value in _state.Values)
        {
            value.Dispose();
        }
    }
}
