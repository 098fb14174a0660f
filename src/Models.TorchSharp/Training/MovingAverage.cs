using TorchSharp;
using TorchSharp.Modules;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>The exponential moving average of the weights: what is validated and shipped.</summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly WeightStore _weights;
    private readonly NamedTensors _state = new();

    public MovingAverage(WeightStore weights)
    {
        _weights = weights;
        foreach ((string name, Parameter value) in weights.Ordered)
        {
            _state.Add(Key(name), value.detach().clone());
        }
    }

    /// <summary>Takes in the weights as they are after a step.</summary>
    /// <param name="step">Counted from 0: a young average follows closely instead of remembering where it started.</param>
    /// <param name="decay">Decay of an old average.</param>
    public void Update(int step, double decay)
    {
        using IDisposable noGrad = no_grad();
        double current = Math.Min(decay, (1.0 + step) / (10 + step));
        foreach ((string name, Parameter value) in _weights.Ordered)
        {
            _state[Key(name)].mul_(current).add_(value, 1 - current);
        }
    }

    /// <summary>Exchanges the weights with their average, to validate or export it; called twice it restores them.</summary>
    public void Swap()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Parameter value) in _weights.Ordered)
        {
            torch.Tensor average = _state[Key(name)];
            torch.Tensor copy = value.detach().clone();
            value.copy_(average);
            average.copy_(copy);
        }
    }

    public void Save(SafetensorsFile file) => _state.Save(file);

    public void Load(SafetensorsFile file) => _state.Load(file);

    public void Dispose() => _state.Dispose();

    private static string Key(string name) => $"average/{name}";
}
