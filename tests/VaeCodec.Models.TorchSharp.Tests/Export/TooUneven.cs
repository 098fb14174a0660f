using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests.Export;

/// <summary>The same scale network in real numbers, spoilt for eight bits.</summary>
internal static class TooUneven
{
    private const int SubPixels = 4;
    private const float Low = 1000, High = 1370, Spread = 100;

    /// <summary>A copy of the tiny network's weights in which channels 0 and 1 before the last layer are large and cancel in it.</summary>
    public static SafetensorsFile Make(SafetensorsFile weights)
    {
        SafetensorsFile copy = new();
        foreach ((string name, Tensor tensor) in weights.Tensors)
        {
            copy.Tensors[name] = tensor;
        }

        foreach ((string key, string text) in weights.Metadata)
        {
            copy.Metadata[key] = text;
        }

        // Both channels have the same weights and differ only in their biases.
        string middle = TinyModel.Description.HyperScale.LayerName(3), last = TinyModel.Description.HyperScale.LayerName(6);
        Random random = new(9);
        Edit(copy, $"{middle}.weight", (values, shape) =>
        {
            int size = SubPixels * shape[1] * shape[2] * shape[3];
            for (int i = 0; i < size; i++)
            {
                values[i] = values[size + i] = (random.NextSingle() - 0.5f) * Spread;
            }
        });
        Edit(copy, $"{middle}.bias", (values, _) =>
        {
            values.AsSpan(0, SubPixels).Fill(Low);
            values.AsSpan(SubPixels, SubPixels).Fill(High);
        });
        Edit(copy, $"{last}.weight", (values, shape) =>
        {
            int area = shape[2] * shape[3];
            for (int output = 0; output < shape[0]; output++)
            {
                Span<float> both = values.AsSpan(output * shape[1] * area, 2 * area);
                both.Clear();
                both[area / 2] = 1;
                both[area + (area / 2)] = -1;
            }
        });
        Edit(copy, $"{last}.bias", (values, _) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += High - Low;
            }
        });
        return copy;
    }

    private static void Edit(SafetensorsFile file, string name, Action<float[], IReadOnlyList<int>> change)
    {
        Tensor tensor = file.Tensors[name];
        float[] values = tensor.ToFloats();
        change(values, tensor.Shape);
        file.Tensors[name] = Tensor.FromFloats([.. tensor.Shape], values);
    }
}
