using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Models.Tests.Support;

/// <summary>Runs a network through the product's compiler and executor, feeding and draining it row by row.</summary>
internal static unsafe class NetworkRun
{
    public static FloatGrid Execute(RandomNetwork network, FloatGrid input, CpuPath path, int batches, WorkerTeam team, Random feeding, int winogradSide = 0)
    {
        using CompiledNetwork compiled = CompiledNetwork.Compile(network.Description, network.Weights, path, input.Channels, PackedConvolution.PadChannels(input.Channels), winogradSide);
        FloatGrid source = compiled.InputUnshuffle == 1 ? input : NaiveNetwork.Unshuffle(input, compiled.InputUnshuffle);
        using NetworkExecutor executor = new(compiled, team);

        // Twice over the same buffers: nothing of the first run may be left in the second.
        FloatGrid first = Once(executor, source, batches, feeding);
        FloatGrid second = Once(executor, source, batches, feeding);
        Assert.Equal(first.Values.Select(BitConverter.SingleToInt32Bits), second.Values.Select(BitConverter.SingleToInt32Bits));
        return first;
    }

    private static FloatGrid Once(NetworkExecutor executor, FloatGrid source, int batches, Random feeding)
    {
        executor.Reset(source.Width, source.Height, batches);
        int width = executor.Output.Width, height = executor.Output.Height;
        FloatGrid? result = null;
        int pushed = 0, taken = 0, idle = 0;
        while (taken < height)
        {
            int room = Math.Min(executor.Input.Free, source.Height - pushed);
            int rows = room == 0 ? 0 : feeding.Next(1, room + 1);
            for (int i = 0; i < rows; i++, pushed++)
            {
                float* row = executor.Input.Row(pushed);
                for (int x = 0; x < source.Width; x++)
                {
                    source.Values.AsSpan(((pushed * source.Width) + x) * source.Channels, source.Channels)
                        .CopyTo(new Span<float>(row + ((nint)x * executor.Input.PixelStride), source.Channels));
                }
            }

            executor.Input.Commit(rows);
            executor.Run();
            idle = rows == 0 && executor.Ready == 0 ? idle + 1 : 0;
            Assert.True(idle < 2, $"The executor is stuck: {pushed} of {source.Height} rows pushed, {taken} of {height} taken.");
            for (int take = executor.Ready; take > 0; take--, taken++)
            {
                result ??= new FloatGrid(width, height, executor.Output.PixelStride);
                new ReadOnlySpan<float>(executor.OutputRow(taken), width * executor.Output.PixelStride).CopyTo(result.Values.AsSpan(taken * width * result.Channels));
                executor.Take(taken + 1);
            }
        }

        return result!;
    }

    /// <summary>Cuts the padding channels off and carries out a shuffle that was left to the reader.</summary>
    public static FloatGrid Trim(FloatGrid padded, int channels, int outputShuffle)
    {
        FloatGrid result = new(padded.Width * outputShuffle, padded.Height * outputShuffle, channels);
        for (int row = 0; row < result.Height; row++)
        {
            for (int column = 0; column < result.Width; column++)
            {
                int sub = (row % outputShuffle * outputShuffle) + (column % outputShuffle);
                for (int c = 0; c < channels; c++)
                {
                    result[row, column, c] = padded[row / outputShuffle, column / outputShuffle, (sub * channels) + c];
                }
            }
        }

        return result;
    }
}
