using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>State of an optimiser or an average: tensors by name that outlive the step's scope and travel in checkpoints.</summary>
internal sealed class NamedTensors : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<torch.Tensor> _pieces = [];

    public torch.Tensor this[string name] => _tensors[name];

    /// <summary>Adds a tensor; it is owned from here on.</summary>
    public torch.Tensor Add(string name, torch.Tensor value)
    {
        torch.Tensor kept = value.detach().DetachFromDisposeScope();
        _tensors.Add(name, kept);
        return kept;
    }

    /// <summary>Adds zeros in the layout of weights, under their names, and returns them in one piece.</summary>
    /// <param name="prefix">Comes before each name.</param>
    /// <param name="weights">Whose layout and device they have.</param>
    public torch.Tensor AddParts(string prefix, FlatWeights weights)
    {
        torch.Tensor flat = torch.zeros_like(weights.Values).DetachFromDisposeScope();
        _pieces.Add(flat);
        foreach ((string name, torch.Tensor view) in weights.Split(flat))
        {
            Add(prefix + name, view);
        }

        return flat;
    }

    public void Save(SafetensorsFile file)
    {
        foreach ((string name, torch.Tensor value) in _tensors)
        {
            file.Tensors[name] = TensorConversion.ToSafetensors(value);
        }
    }

    public void Load(SafetensorsFile file)
    {
        using IDisposable noGrad = torch.no_grad();
        foreach ((string name, torch.Tensor value) in _tensors)
        {
            if (!file.Tensors.TryGetValue(name, out Tensor? stored) || !stored.Shape.Select(size => (long)size).SequenceEqual(value.shape))
            {
                throw new ModelFileException($"The checkpoint has no tensor \"{name}\" of [{string.Join(", ", value.shape)}]; it was written with another optimiser or network.");
            }

            using torch.Tensor source = TensorConversion.FromSafetensors(stored);
            value.copy_(source);
        }
    }

    public void Dispose()
    {
        foreach (torch.Tensor value in _tensors.Values.Concat(_pieces))
        {
            value.Dispose();
        }
    }
}
