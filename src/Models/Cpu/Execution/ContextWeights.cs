using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// The context networks with packed weights. Around an odd position the even ones lie where row + column of the 5x5
/// kernel is odd: 12 of its 25 taps. The others would meet zeros, and adding zero products changes no sum, so they are left out.
/// </summary>
internal sealed class ContextWeights : IDisposable
{
    /// <summary>Packs the networks.</summary>
    /// <param name="description">The model's description.</param>
    /// <param name="weights">Gives weights by name.</param>
    /// <param name="path">Vector width.</param>
    public ContextWeights(ModelDescription description, Func<string, bool, ConvolutionWeights> weights, CpuPath path)
    {
        int latentStride = PackedConvolution.PadChannels(description.LatentChannels);
        ConvolutionWeights spatial = weights(description.ContextSpatial.LayerName(0), true);
        List<(int Row, int Column)> taps = [];
        for (int tap = 0; tap < spatial.Kernel * spatial.Kernel; tap++)
        {
            (int row, int column) = (tap / spatial.Kernel, tap % spatial.Kernel);
            if (((row + column) & 1) == 1)
            {
                taps.Add((row, column));
            }
        }

        Taps = [.. taps];
        Spatial = new PackedConvolution(spatial, path, PackedConvolution.Positions(spatial.Inputs, latentStride), [.. taps.Select(tap => new[] { tap })], 1);

        int[] positions = PackedConvolution.Positions(spatial.Outputs, Spatial.OutputStride);
        positions = [.. positions, .. PackedConvolution.Positions(description.LatentChannels, latentStride).Select(c => c < 0 ? -1 : c + spatial.Outputs)];
        List<(PackedConvolution, float)> fuse = [];
        IReadOnlyList<Layer> layers = description.ContextFuse.Layers;
        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i] is not Convolution)
            {
                throw new ModelFileException($"Layer {i} of network \"{description.ContextFuse.Name}\" is an activation that follows no convolution.");
            }

            PackedConvolution packed = new(weights(description.ContextFuse.LayerName(i), true), path, positions, [[(0, 0)]], 1);
            bool activated = i + 1 < layers.Count && layers[i + 1] is LeakyRelu;
            fuse.Add((packed, activated ? ((LeakyRelu)layers[++i]).Slope : 1));
            positions = PackedConvolution.Positions(((Convolution)layers[activated ? i - 1 : i]).Outputs, packed.OutputStride);
        }

        Fuse = [.. fuse];
    }

    public (int Row, int Column)[] Taps { get; }

    public PackedConvolution Spatial { get; }

    public (PackedConvolution Convolution, float Slope)[] Fuse { get; }

    /// <summary>Elements of a pixel that enters the first fusing convolution.</summary>
    public int FuseInputStride => Fuse[0].Convolution.RunLength;

    public void Dispose()
    {
        Spatial.Dispose();
        foreach ((PackedConvolution convolution, _) in Fuse)
        {
            convolution.Dispose();
        }
    }
}
