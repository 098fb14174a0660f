using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Cpu.Kernels.Winograd;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// A compiled network's adjoint: for each of its convolutions the one that carries gradients back (reverse-mode differentiation). Immutable; shared by all
/// executors.
/// </summary>
internal sealed class AdjointNetwork : IDisposable
{
    /// <summary>Makes the adjoint of a network of stride 1 throughout.</summary>
    /// <param name="network">The network, compiled with its sources.</param>
    /// <param name="path">Vector width.</param>
    public AdjointNetwork(CompiledNetwork network, CpuPath path)
    {
        Network = network;
        Convolutions = [.. network.Stages.Select(stage => Adjoint(network, stage, path))];
    }

    /// <summary>The network.</summary>
    public CompiledNetwork Network { get; }

    /// <summary>For each stage of the network its adjoint convolution, from tensor 0 to tensor 1; null for an activation.</summary>
    public IReadOnlyList<StagePlan?> Convolutions { get; }

    /// <summary>Bytes of working memory that a thread takes at most for the adjoint convolutions, whatever the width of vectors.</summary>
    public long ScratchBytes => Network.Stages
        .Select(stage => stage.IsTiled && stage.Source is not null ? (long)WinogradConvolution.MostScratchFloats(GatheredStride(Network, stage), Network.Tensors[stage.Input].PixelStride) * sizeof(float) : 0)
        .DefaultIfEmpty()
        .Max();

    /// <summary>Elements of a pixel of the gradient that a stage's convolution takes: those of the pixels that the shuffle made of one.</summary>
    public static int GatheredStride(CompiledNetwork network, StagePlan stage) => stage.Shuffle * stage.Shuffle * network.Tensors[stage.Output].PixelStride;

    /// <summary>Frees the packed weights, the network's too.</summary>
    public void Dispose()
    {
        Network.Dispose();
        foreach (StagePlan? plan in Convolutions)
        {
            plan?.Convolution?.Dispose();
            plan?.Winograd?.Dispose();
        }
    }

    private static StagePlan? Adjoint(CompiledNetwork network, StagePlan stage, CpuPath path)
    {
        if (stage.Source is not { } source)
        {
            return null;
        }

        int stride = GatheredStride(network, stage);
        ConvolutionWeights adjoint = source.Adjoint(stage.Shuffle, network.Tensors[stage.Output].PixelStride);
        return new StagePlan { Input = 0, Output = 1, Padding = stage.Padding }.Shape(adjoint.Outputs, adjoint.Kernel, stage.IsTiled).Pack(adjoint, path, stride);
    }
}
