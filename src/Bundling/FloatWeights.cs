using VaeCodec.Models;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Bundling;

/// <summary>Reads trained weights by name and shape.</summary>
internal static class FloatWeights
{
    /// <summary>The elements of a tensor.</summary>
    /// <exception cref="ModelFileException">There is no such tensor, or it has another shape or a value that is not finite.</exception>
    public static float[] Read(SafetensorsFile weights, string name, int[] shape)
    {
        if (!weights.Tensors.TryGetValue(name, out Tensor? tensor) || !tensor.Shape.SequenceEqual(shape))
        {
            throw new ModelFileException($"The float weights have no tensor \"{name}\" of [{string.Join(", ", shape)}].");
        }

        float[] values = tensor.ToFloats();
        return values.All(float.IsFinite) ? values : throw new ModelFileException($"Tensor \"{name}\" of the float weights holds a value that is not finite.");
    }
}
