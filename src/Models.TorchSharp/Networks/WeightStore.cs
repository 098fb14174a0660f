using TorchSharp;
using TorchSharp.Modules;
using VaeCodec.Models.Safetensors;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>All trained values by their names in the weights file: 32-bit floats, the master copy that the optimiser changes.</summary>
public sealed class WeightStore : IDisposable
{
    private readonly Dictionary<string, Parameter> _values = new(StringComparer.Ordinal);

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
    public void Add(string name, torch.Tensor value)
        => _values.Add(name, new Parameter(value.detach().to(ScalarType.Float32, Device, copy: true), true));

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
    }
}
