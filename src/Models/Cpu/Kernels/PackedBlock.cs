namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>A block of output channels of a packed convolution.</summary>
/// <param name="WeightOffset">Where its weights start.</param>
/// <param name="BiasOffset">Where its biases start.</param>
/// <param name="Vectors">Vectors of output channels.</param>
/// <param name="Row">Row within the sub-pixel group (pixel shuffle), 0 without a shuffle.</param>
/// <param name="Column">Column within the sub-pixel group, 0 without a shuffle.</param>
/// <param name="ChannelOffset">First channel of the block in the output pixel.</param>
internal readonly record struct PackedBlock(long WeightOffset, long BiasOffset, int Vectors, int Row, int Column, int ChannelOffset)
{
    /// <summary>The output channel, before the shuffle, that a lane of the block computes.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="shuffle">Factor of the pixel shuffle that follows, 1 for none.</param>
    public int Output(int lane, int shuffle) => ((((ChannelOffset + lane) * shuffle) + Row) * shuffle) + Column;

    /// <summary>Divides the outputs of a convolution into blocks, sub-pixel by sub-pixel.</summary>
    /// <param name="outputs">Output channels.</param>
    /// <param name="shuffle">Factor of the pixel shuffle that follows, 1 for none.</param>
    /// <param name="reduction">Weights of an output channel.</param>
    /// <param name="kernels">The kernels to divide for.</param>
    /// <returns>The blocks, and the channels of an output pixel after the shuffle, padded.</returns>
    public static (PackedBlock[] Blocks, int OutputStride) Divide(int outputs, int shuffle, int reduction, CpuKernels kernels)
    {
        int stride = PackedConvolution.PadChannels(outputs / (shuffle * shuffle));
        List<PackedBlock> blocks = [];
        long biasOffset = 0;
        for (int group = 0; group < shuffle * shuffle; group++)
        {
            for (int channel = 0; channel < stride;)
            {
                int vectors = Math.Min(kernels.BlockVectors, (stride - channel) / kernels.Count);
                blocks.Add(new PackedBlock(biasOffset * reduction, biasOffset, vectors, group / shuffle, group % shuffle, channel));
                biasOffset += vectors * kernels.Count;
                channel += vectors * kernels.Count;
            }
        }

        return ([.. blocks], stride);
    }
}
