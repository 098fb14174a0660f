using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>The scale network with packed weights (guarantee G1). Immutable; shared by all executors.</summary>
internal sealed class IntegerNetwork : IDisposable
{
    /// <summary>Packs the network.</summary>
    /// <param name="network">Its description.</param>
    /// <param name="convolutions">Its convolutions in order.</param>
    /// <param name="path">Vector width.</param>
    public IntegerNetwork(NetworkDescription network, IReadOnlyList<IntegerConvolution> convolutions, CpuPath path)
    {
        List<PackedIntegerConvolution> layers = [];
        foreach ((int shuffle, bool rectified) in Structure(network))
        {
            layers.Add(new PackedIntegerConvolution(convolutions[layers.Count], path, shuffle, rectified));
        }

        Layers = layers;
    }

    public IReadOnlyList<PackedIntegerConvolution> Layers { get; }

    /// <summary>For each convolution of a scale network the factor of the shuffle that follows and whether a ReLU does.</summary>
    /// <exception cref="ModelFileException">The layers do not come as convolution, optional shuffle, ReLU, ..., convolution.</exception>
    public static List<(int Shuffle, bool Rectified)> Structure(NetworkDescription network)
    {
        List<(int, bool)> result = [];
        IReadOnlyList<Layer> layers = network.Layers;
        for (int i = 0; i < layers.Count;)
        {
            bool isConvolution = layers[i] is Convolution { Stride: 1, HasBias: true };
            i++;
            int shuffle = i < layers.Count && layers[i] is PixelShuffle s ? s.Factor : 1;
            i += shuffle > 1 ? 1 : 0;
            bool rectified = i < layers.Count && layers[i] is LeakyRelu { Slope: 0 };
            i += rectified ? 1 : 0;
            if (!isConvolution || rectified == (i == layers.Count))
            {
                throw new ModelFileException($"Network \"{network.Name}\" must be convolutions with a ReLU after each but the last.");
            }

            result.Add((shuffle, rectified));
        }

        return result;
    }

    public void Dispose()
    {
        foreach (PackedIntegerConvolution layer in Layers)
        {
            layer.Dispose();
        }
    }
}
