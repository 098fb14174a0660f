using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>A model made from another by exchanging layers, types and tables, for what no vector's model has.</summary>
/// <param name="model">The model file to start from.</param>
internal sealed class ModelVariant(byte[] model)
{
    private readonly SafetensorsFile _file = SafetensorsFile.Parse(model);
    private readonly SeededRandom _random = new(20);

    /// <summary>Exchanges a convolution of floats for one with other numbers and random weights.</summary>
    public ModelVariant WithConvolution(string network, int layer, int kernel, bool bias)
    {
        LayerDescription changed = Exchange(network, layer, kernel, bias);
        string prefix = $"{network}.{layer}";
        float scale = 1 / MathF.Sqrt(changed.Inputs * kernel * kernel);
        PutFloats(prefix + ".weight", ElementType.F32, _ => scale * _random.Signed(), changed.Outputs, changed.Inputs, kernel, kernel);
        if (!bias)
        {
            _file.Tensors.Remove(prefix + ".bias");
        }

        return this;
    }

    /// <summary>Exchanges a convolution of hyper_scale for one with another kernel and one shift, and random weights up to a bound.</summary>
    public ModelVariant WithIntegerConvolution(int layer, int kernel, int shift, int mostWeight)
    {
        LayerDescription changed = Exchange(NetworkNames.HyperScale, layer, kernel, bias: true);
        string prefix = $"{NetworkNames.HyperScale}.{layer}";
        int count = changed.Outputs * changed.Inputs * kernel * kernel;
        byte[] weights = [.. Enumerable.Range(0, count).Select(_ => (byte)(sbyte)(_random.Below((2 * mostWeight) + 1) - mostWeight))];
        Put(prefix + ".weight", ElementType.I8, weights, changed.Outputs, changed.Inputs, kernel, kernel);
        Put(prefix + ".shift", ElementType.U8, [.. Enumerable.Repeat((byte)shift, changed.Outputs)], changed.Outputs);
        return this;
    }

    /// <summary>Stores the weights of halves in turn as BF16, as F32 and as they are.</summary>
    public ModelVariant WithTypesMixed()
    {
        StoredTensor[] halves = [.. _file.Tensors.Values.Where(tensor => tensor.Type == ElementType.F16)];
        for (int i = 0; i < halves.Length; i++)
        {
            float[] values = halves[i].ToFloats();
            if (i % 3 < 2)
            {
                PutFloats(halves[i].Name, i % 3 == 0 ? ElementType.BF16 : ElementType.F32, element => values[element], halves[i].Shape);
            }
        }

        return this;
    }

    /// <summary>Multiplies a table of floats.</summary>
    public ModelVariant WithTable(string name, float factor)
    {
        float[] values = _file.Tensors[name].ToFloats();
        PutFloats(name, ElementType.F32, element => values[element] * factor, _file.Tensors[name].Shape);
        return this;
    }

    /// <summary>Sets all offsets of section 4.2.</summary>
    public ModelVariant WithScaleOffsets(short offset)
    {
        int[] shape = _file.Tensors["hyper_scale.offset"].Shape;
        byte[] element = [(byte)offset, (byte)(offset >> 8)];
        Put("hyper_scale.offset", ElementType.I16, [.. Enumerable.Repeat(element, shape[0] * shape[1]).SelectMany(bytes => bytes)], shape);
        return this;
    }

    /// <summary>The model file.</summary>
    public byte[] ToFile()
    {
        Dictionary<string, object> header = new() { ["__metadata__"] = _file.Metadata };
        using MemoryStream data = new();
        foreach (StoredTensor tensor in _file.Tensors.Values)
        {
            header[tensor.Name] = new { dtype = tensor.Type.ToString(), shape = tensor.Shape, data_offsets = (long[])[data.Length, data.Length + tensor.Data.Length] };
            data.Write(tensor.Data);
        }

        byte[] json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data.ToArray()];
    }

    private LayerDescription Exchange(string network, int layer, int kernel, bool bias)
    {
        ModelDescription description = DescriptionParser.Parse(_file.Metadata["description"]);
        LayerDescription[] layers = description.Network(network).Layers;
        layers[layer] = layers[layer] with { Kernel = kernel, Padding = (kernel - 1) / 2, Bias = bias };
        _file.Metadata["description"] = CanonicalDescription.Write(description);
        return layers[layer];
    }

    private void PutFloats(string name, ElementType type, Func<int, float> value, params int[] shape)
    {
        int size = StoredTensor.SizeOf(type);
        byte[] data = new byte[shape.Aggregate(size, (product, dimension) => product * dimension)];
        for (int i = 0; i < data.Length / size; i++)
        {
            if (type == ElementType.F32)
            {
                BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(size * i), value(i));
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(size * i), (ushort)(BitConverter.SingleToUInt32Bits(value(i)) >> 16));
            }
        }

        Put(name, type, data, shape);
    }

    private void Put(string name, ElementType type, byte[] data, params int[] shape) => _file.Tensors[name] = new StoredTensor(name, type, shape, data);
}
