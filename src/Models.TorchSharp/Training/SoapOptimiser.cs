using TorchSharp.Modules;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// SOAP (Vyas et al., "SOAP: Improving and Stabilizing Shampoo using Adam", ICLR 2025): Adam in the eigenbasis of
/// Shampoo's preconditioner. Convolutions are preconditioned; biases and the tables of levels take plain Adam.
/// </summary>
internal sealed class SoapOptimiser : IOptimiser
{
    private readonly AdamOptimiser _adam;
    private readonly List<SoapTensor> _tensors = [];

    /// <param name="weights">All weights.</param>
    /// <param name="refreshEvery">Steps between two refreshes of the eigenbases.</param>
    public SoapOptimiser(WeightStore weights, int refreshEvery)
    {
        weights.Join();
        List<FlatWeights> plain = [];
        foreach ((string name, Parameter value) in weights.Ordered)
        {
            if (value.shape.Length == 4)
            {
                // Refreshes are spread over the steps, so that no step waits for all of them.
                _tensors.Add(new SoapTensor(name, value, refreshEvery, _tensors.Count % refreshEvery));
            }
            else
            {
                plain.Add(weights.Part(name));
            }
        }

        _adam = new AdamOptimiser(plain);
    }

    public void Step(double rate)
    {
        foreach (SoapTensor tensor in _tensors)
        {
            tensor.Step(rate);
        }

        _adam.Step(rate);
    }

    public void Save(SafetensorsFile file)
    {
        _adam.Save(file);
        foreach (SoapTensor tensor in _tensors)
        {
            tensor.State.Save(file);
        }
    }

    public void Load(SafetensorsFile file)
    {
        _adam.Load(file);
        foreach (SoapTensor tensor in _tensors)
        {
            tensor.State.Load(file);
        }
    }

    public void Dispose()
    {
        _adam.Dispose();
        foreach (SoapTensor tensor in _tensors)
        {
            tensor.State.Dispose();
        }
    }
}
