using TorchSharp;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests;

/// <summary>One description, two interpreters: the output of every layer, on the CPU executor and in TorchSharp, from the same weights.</summary>
public class ParityTests
{
    private const int Side = 4;

    public static TheoryData<string> Networks => [.. ModelDescription.Standard(64).Networks.Select(network => network.Name)];

    [TorchTheory]
    [MemberData(nameof(Networks))]
    public void EveryLayerAgrees(string name)
    {
        ModelDescription description = ModelDescription.Standard(64);
        NetworkDescription network = description.Networks.Single(candidate => candidate.Name == name);
        int channels = network.Layers[0] switch
        {
            Convolution c => c.Inputs,
            TransposedConvolution t => t.Inputs,
            _ => 3,
        };
        bool readsPixels = channels == 3;
        (int width, int height) = readsPixels ? (16 * Side * 2, 16 * Side) : (Side * 2, Side);

        torch.manual_seed(7);
        using WeightStore store = new(torch.CPU);
        foreach ((string tensor, int[] shape) in network.Tensors())
        {
            long[] size = [.. shape.Select(side => (long)side)];
            store.Add(tensor, torch.randn(size) / Math.Sqrt(Math.Max(1, size.Skip(1).Aggregate(1L, (product, side) => product * side))));
        }

        SafetensorsFile weights = SafetensorsFile.Parse(store.Save().ToArray());
        using torch.Tensor input = torch.randn(1, channels, height, width);
        Dictionary<string, float[]> expected = [];
        using (torch.no_grad())
        {
            new TorchNetwork(network, store).Forward(input, torch.ScalarType.Float32, (layer, value) => expected[layer] = value.contiguous().data<float>().ToArray());
        }

        Assert.Equal(network.Layers.Count, expected.Count);
        float[] pixels = input.data<float>().ToArray();
        for (int layers = network.Layers[0] is Description.PixelUnshuffle ? 2 : 1; layers <= network.Layers.Count; layers++)
        {
            float[] actual = CpuPrefix.Run(network, layers, weights, pixels, channels, width, height);
            Assert.Equal(expected[network.LayerName(layers - 1)].Length, actual.Length);
            AssertClose(expected[network.LayerName(layers - 1)], actual, $"{name}, layer {layers - 1}");
        }
    }

    /// <summary>Two correct 32-bit sums in different orders differ by a few units in the last place of their largest terms, never by a thousandth.</summary>
    private static void AssertClose(float[] expected, float[] actual, string where)
    {
        float largest = expected.Max(MathF.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= 1e-5f * (1 + largest), $"{where}: element {i} is {actual[i]} on the CPU and {expected[i]} in TorchSharp");
        }
    }
}
