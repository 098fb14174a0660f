using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>
/// What a model file leaves out of the weights it was made from: the scale network before it became integers, and the tables of the trained levels. With
/// it a run can start from a model file, wherever the run's own folder has gone.
/// </summary>
public static class TrainingRemainder
{
    /// <summary>Takes from the weights what the model does not hold as floats.</summary>
    /// <param name="weights">The averaged weights of a run.</param>
    /// <param name="model">The model file made of them.</param>
    /// <returns>Tables as 32-bit floats, kernels as 16-bit ones.</returns>
    public static SafetensorsFile Of(SafetensorsFile weights, SafetensorsFile model)
    {
        SafetensorsFile remainder = Join([weights]);
        foreach ((string name, Tensor tensor) in weights.Tensors)
        {
            bool held = model.Tensors.TryGetValue(name, out Tensor? other) && other.Type is TensorType.F16 or TensorType.BF16 or TensorType.F32 && other.Shape.SequenceEqual(tensor.Shape);
            if (held)
            {
                remainder.Tensors.Remove(name);
            }
            else if (tensor.Shape.Count == 4)
            {
                remainder.Tensors[name] = Tensor.FromFloatsAsHalf([.. tensor.Shape], tensor.ToFloats());
            }
        }

        return remainder;
    }

    /// <summary>Puts files together; where two have a tensor or a text of one name, the later one counts.</summary>
    /// <param name="files">A model file and its remainder, or weights alone.</param>
    public static SafetensorsFile Join(IEnumerable<SafetensorsFile> files)
    {
        SafetensorsFile joined = new();
        foreach (SafetensorsFile file in files)
        {
            foreach ((string key, string value) in file.Metadata)
            {
                joined.Metadata[key] = value;
            }

            foreach ((string name, Tensor tensor) in file.Tensors)
            {
                joined.Tensors[name] = tensor;
            }
        }

        return joined;
    }
}
