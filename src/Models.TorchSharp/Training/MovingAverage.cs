using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>The exponential moving average of the weights: what is validated and shipped.</summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly FlatWeights _weights;
    private readonly NamedTensors _state = new();
    private readonly torch.Tensor _average;

    public MovingAverage(WeightStore weights)
    {
        using IDisposable noGrad = no_grad();
        _weights = weights.Join();
        _average = _state.AddParts("average/", _weights);
        _average.copy_(_weights.Values);
    }

    /// <summary>Takes in the weights as they are after a step.</summary>
    /// <param name="step">Counted from 0: a young average follows closely instead of remembering where it started.</param>
    /// <param name="decay">Decay of an old average.</param>
    public void Update(int step, double decay)
    {
        using IDisposable noGrad = no_grad();
        double current = Math.Min(decay, (1.0 + step) / (10 + step));
        _average.mul_(current).add_(_weights.Values, 1 - current);
    }

    /// <summary>Exchanges the weights with their average, to validate or export it; called twice it restores them.</summary>
    public void Swap()
    {
        using IDisposable noGrad = no_grad();
        using torch.Tensor copy = _weights.Values.clone();
        _weights.Values.copy_(_average);
        _average.copy_(copy);
    }

    public void Save(SafetensorsFile file) => _state.Save(file);

    public void Load(SafetensorsFile file) => _state.Load(file);

    public void Dispose() => _state.Dispose();
}
