using TorchSharp;
using TorchSharp.Modules;
using VaeCodec.Models.Safetensors;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>All trained values by their names in the weights file: 32-bit floats, the master copy that the optimiser changes.</summary>
public sealed class WeightStore : IDisposable
{
    private readonly Dictionary<string, Parameter> _values = new(StringComparer.Ordinal);
    private readonly List<torch.Tensor> _views = [];
    private FlatWeights? _joined;

    /// <summary>Makes an empty store.</summary>
    /// <param name="device">Where the values live.</param>
    public WeightStore(Device device) => Device = device;

    /// <summary>Where the values live.</summary>
    public Device Device { get; }

    /// <summary>The values in the order of their names.</summary>
    public IEnumerable<KeyValuePair<string, Parameter>> Ordered => _values.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>A value.</summary>
    /// <param name="name">Its name.</param>
    public Parameter this[string name] => _values[name];

    /// <summary>Adds a value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The initial value; copied to the device.</param>
    /// <exception cref="InvalidOperationException">The values have been joined for training.</exception>
    public void Add(string name, torch.Tensor value)
    {
        if (_joined is not null)
        {
            throw new InvalidOperationException("Values can't be added to a store that is being trained.");
        }

        _values.Add(name, new Parameter(value.detach().to(ScalarType.Float32, Device, copy: true), true));
    }

    /// <summary>
    /// All values in one piece of memory, in the order of their names, and room for their gradients. The first call moves them there: parameters taken from the store
    /// before are no longer those that it holds.
    /// </summary>
    internal FlatWeights Join()
    {
        if (_joined is not null)
        {
            return _joined;
        }

        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        (string Name, long[] Shape)[] parts = [.. Ordered.Select(pair => (pair.Key, pair.Value.shape))];
        long count = _values.Values.Sum(value => value.numel());
        FlatWeights joined = new(parts, Keep(torch.zeros(count, device: Device)), Keep(torch.zeros(count, device: Device)));
        foreach (((string name, torch.Tensor place), (_, torch.Tensor gradient)) in joined.Split(joined.Values).Zip(joined.Split(joined.Gradients)))
        {
            using Parameter old = _values[name];
            place.copy_(old);
            Parameter moved = new(place.DetachFromDisposeScope(), true) { grad = gradient };
            _values[name] = moved;
        }

        return _joined = joined;
    }

    /// <summary>One joined value by itself, for optimisers that do not treat all alike.</summary>
    /// <param name="name">Its name.</param>
    internal FlatWeights Part(string name)
    {
        Join();
        Parameter value = _values[name];
        using torch.Tensor data = value.detach(), gradient = value.grad!;
        return new FlatWeights([(name, value.shape)], Keep(data.view(-1)), Keep(gradient.view(-1)));
    }

    /// <summary>Writes all values.</summary>
    public SafetensorsFile Save()
    {
        SafetensorsFile file = new();
        foreach ((string name, Parameter value) in _values)
        {
            file.Tensors[name] = TensorConversion.ToSafetensors(value);
        }

        return file;
    }

    /// <summary>Reads all values, into the parameters that are there.</summary>
    /// <param name="file">A weights file.</param>
    /// <exception cref="ModelFileException">A value is missing or has another shape.</exception>
    public void Load(SafetensorsFile file)
    {
        using IDisposable noGrad = torch.no_grad();
        foreach ((string name, Parameter value) in _values)
        {
            if (!file.Tensors.TryGetValue(name, out VaeCodec.Models.Safetensors.Tensor? stored) || !stored.Shape.Select(size => (long)size).SequenceEqual(value.shape))
            {
                throw new ModelFileException($"The weights have no tensor \"{name}\" of [{string.Join(", ", value.shape)}].");
            }

            using torch.Tensor source = TensorConversion.FromSafetensors(stored);
            value.copy_(source);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Parameter value in _values.Values)
        {
            value.Dispose();
        }

        foreach (torch.Tensor view in _views)
        {
            view.Dispose();
        }
    }

    /// <summary>Has a tensor live as long as the store.</summary>
    private torch.Tensor Keep(torch.Tensor tensor)
    {
        _views.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
