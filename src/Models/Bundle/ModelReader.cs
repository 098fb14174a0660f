using System.Runtime.InteropServices;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Bundle;

/// <summary>Reads model files and checks everything in them before it is used.</summary>
public static class ModelReader
{
    private const float MaxGain = 1e6f;

    /// <summary>Reads a model from memory.</summary>
    /// <param name="file">All bytes of the file; not trusted. Must not change while the model lives.</param>
    /// <exception cref="ModelFileException">Damaged or not acceptable.</exception>
    public static Model Read(ReadOnlyMemory<byte> file) => Read(SafetensorsFile.Parse(file));

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ModelFileException">Damaged or not acceptable.</exception>
    public static Model Load(string path) => Read(SafetensorsFile.Load(path));

    /// <summary>Makes a model of the tensors and texts of a model file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ModelFileException">Not acceptable.</exception>
    public static Model Read(SafetensorsFile file)
    {
        string format = Text(file, ModelTensors.FormatKey);
        if (format == GaussianVae.FormatName)
        {
            throw new ModelFileException("The file holds a VAE with a Gaussian posterior, which codes no files; sampling, interpolation and recovery take it.");
        }

        if (format != ModelTensors.FormatName)
        {
            throw new ModelFileException($"The file says it is \"{format}\"; this version reads \"{ModelTensors.FormatName}\".");
        }

        string name = ModelName.Check(Text(file, ModelTensors.NameKey));
        string text = Text(file, ModelTensors.DescriptionKey);
        ModelDescription description = ModelDescriptionJson.Read(text);
        List<(string Name, Tensor Tensor)> floats = [];
        foreach (NetworkDescription network in description.FloatNetworks)
        {
            foreach ((string tensor, int[] shape) in network.Tensors())
            {
                floats.Add((tensor, Require(file, tensor, shape)));
            }
        }

        // More than half of the time that reading takes: every byte is looked at. The tables are read beside it.
        Task<byte[]> identity = Task.Run(() =>
        {
            CheckFloats(floats);
            return ModelIdentity.Compute(ModelDescriptionJson.Write(description), file.Tensors);
        });
        try
        {
            return ReadTables(file, name, description, identity);
        }
        catch
        {
            // It reads the caller's memory, which may be gone once this has thrown.
            Task.WaitAny(identity);
            _ = identity.Exception;
            throw;
        }
    }

    /// <summary>Reads all but the float weights, and puts the model together.</summary>
    private static Model ReadTables(SafetensorsFile file, string name, ModelDescription description, Task<byte[]> identity)
    {
        int m = description.LatentChannels;
        int qualities = ModelDescription.Qualities;
        List<IntegerConvolution> scaleNetwork = ReadScaleNetwork(file, description);
        float[] gain = ReadGains(file, ModelTensors.Gain, qualities, m, true);
        float[] inverseGain = ReadGains(file, ModelTensors.InverseGain, qualities, m, true);
        float[] meanGain = ReadGains(file, ModelTensors.MeanGain, qualities, m, false);
        short[] offsets = ReadOffsets(file, qualities, m);
        CdfTable[] scales = ReadScales(file, description), priors = ReadPriors(file, description);
        return new Model(file, name, description, identity.GetAwaiter().GetResult(), scaleNetwork, gain, inverseGain, meanGain, offsets, scales, priors);
    }

    private static string Text(SafetensorsFile file, string key)
        => file.Metadata.TryGetValue(key, out string? text) ? text : throw new ModelFileException($"The file has no \"{key}\" in its metadata, so it is not a VaeCodec model. Float weights must be bundled first.");

    /// <summary>A tensor of a shape.</summary>
    internal static Tensor Require(SafetensorsFile file, string name, int[] shape)
    {
        if (!file.Tensors.TryGetValue(name, out Tensor? tensor))
        {
            throw new ModelFileException($"The model has no tensor \"{name}\".");
        }

        return tensor.Shape.SequenceEqual(shape)
            ? tensor
            : throw new ModelFileException($"Tensor \"{name}\" has the shape [{string.Join(", ", tensor.Shape)}] where [{string.Join(", ", shape)}] is needed.");
    }

    /// <summary>Refuses tensors that hold anything but finite floats.</summary>
    internal static void CheckFloats(IEnumerable<(string Name, Tensor Tensor)> floats)
    {
        foreach ((string name, Tensor tensor) in floats)
        {
            if (!tensor.HoldsFiniteFloats())
            {
                throw new ModelFileException($"Tensor \"{name}\" must hold floats, all of them finite.");
            }
        }
    }

    private static float[] CheckFinite(string name, Tensor tensor, float limit)
    {
        float[] values = tensor.ToFloats();
        foreach (float value in values)
        {
            if (!(MathF.Abs(value) <= limit))
            {
                throw new ModelFileException($"Tensor \"{name}\" holds {value}, which is not finite or out of range.");
            }
        }

        return values;
    }

    private static float[] ReadGains(SafetensorsFile file, string name, int qualities, int channels, bool positive)
    {
        Tensor tensor = Require(file, name, [qualities, channels]);
        if (tensor.Type != TensorType.F32)
        {
            throw new ModelFileException($"Tensor \"{name}\" must hold 32-bit floats.");
        }

        float[] values = CheckFinite(name, tensor, MaxGain);
        return !positive || values.All(value => value > 0) ? values : throw new ModelFileException($"Tensor \"{name}\" holds a gain that is not above zero.");
    }

    private static short[] ReadOffsets(SafetensorsFile file, int qualities, int channels)
    {
        Tensor tensor = Require(file, ModelTensors.ScaleOffset, [qualities, channels]);
        return tensor.Type == TensorType.I16
            ? [.. tensor.ToIntegers().Select(value => (short)value)]
            : throw new ModelFileException($"Tensor \"{ModelTensors.ScaleOffset}\" must hold 16-bit integers.");
    }

    private static List<IntegerConvolution> ReadScaleNetwork(SafetensorsFile file, ModelDescription description)
    {
        NetworkDescription network = description.HyperScale;
        List<(int Shuffle, bool Rectified)> structure = IntegerNetwork.Structure(network);
        List<IntegerConvolution> result = [];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (network.Layers[i] is not Convolution c)
            {
                continue;
            }

            string name = network.LayerName(i);
            Tensor weight = Require(file, $"{name}.weight", [c.Outputs, c.Inputs, c.Kernel, c.Kernel]);
            Tensor shift = Require(file, ModelTensors.Shift(name), [c.Outputs]);
            if (weight.Type != TensorType.I8 || shift.Type != TensorType.U8)
            {
                throw new ModelFileException($"The weights of \"{name}\" must be 8-bit integers.");
            }

            sbyte[] weights = MemoryMarshal.Cast<byte, sbyte>(weight.Data.Span).ToArray();
            byte[] shifts = shift.Data.ToArray();
            IntegerConvolution convolution = new(c.Inputs, c.Outputs, c.Kernel, weights, Require(file, $"{name}.bias", [c.Outputs]).ToIntegers(), shifts);
            convolution.Validate(result.Count == 0 ? 127 : 255);
            result.Add(convolution);
        }

        return result.Count == structure.Count ? result : throw new ModelFileException("The scale network's layers do not fit.");
    }

    private static CdfTable[] ReadScales(SafetensorsFile file, ModelDescription description)
    {
        int[] halfWidths = Require(file, ModelTensors.ScaleHalfWidth, [description.Scales]).ToIntegers();
        long entries = 0;
        foreach (int half in halfWidths)
        {
            entries += half is >= 1 and <= ModelLimits.MaxTableSymbol ? (2 * half) + 2 : throw new ModelFileException($"A table of scales has the half width {half}.");
        }

        int[] frequencies = Require(file, ModelTensors.ScaleFrequencies, [checked((int)entries)]).ToIntegers();
        CdfTable[] tables = new CdfTable[halfWidths.Length];
        int position = 0;
        for (int i = 0; i < tables.Length; i++)
        {
            int count = (2 * halfWidths[i]) + 2;
            tables[i] = new CdfTable(-halfWidths[i], frequencies.AsSpan(position, count));
            position += count;
        }

        return tables;
    }

    private static CdfTable[] ReadPriors(SafetensorsFile file, ModelDescription description)
    {
        int[] shape = [ModelDescription.Qualities, description.HyperChannels];
        int[] firsts = Require(file, ModelTensors.PriorFirst, shape).ToIntegers();
        int[] counts = Require(file, ModelTensors.PriorCount, shape).ToIntegers();
        long entries = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            bool inRange = counts[i] >= 1 && firsts[i] >= -127 && firsts[i] + (long)counts[i] - 1 <= 127;
            entries += inRange ? counts[i] + 1 : throw new ModelFileException($"A prior of z covers {counts[i]} symbols from {firsts[i]}, outside -127..127.");
        }

        int[] frequencies = Require(file, ModelTensors.PriorFrequencies, [checked((int)entries)]).ToIntegers();
        CdfTable[] tables = new CdfTable[counts.Length];
        int position = 0;
        for (int i = 0; i < tables.Length; i++)
        {
            tables[i] = new CdfTable(firsts[i], frequencies.AsSpan(position, counts[i] + 1));
            position += counts[i] + 1;
        }

        return tables;
    }
}
