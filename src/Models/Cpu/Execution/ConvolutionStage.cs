using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// A stage that convolves directly. An item is one row of one block of channels; blocks vary slowest, so that a thread
/// keeps its weights in the cache.
/// </summary>
internal sealed unsafe class ConvolutionStage(StagePlan plan, PackedConvolution convolution, RowRing input, RowRing output, RowRing? residual)
    : NetworkStage(plan, input, output, residual)
{
    /// <inheritdoc/>
    public override void Execute(int item)
    {
        int y = Done + (item % Rows);
        ref readonly PackedBlock block = ref convolution.Blocks[item / Rows];
        float** runs = stackalloc float*[convolution.Kernel];
        int top = (y * Plan.Stride) - Plan.Padding;
        for (int i = 0; i < convolution.Kernel; i++)
        {
            runs[i] = Input.Row(top + i) - ((nint)Plan.Padding * Input.PixelStride);
        }

        ConvolutionRow row = new()
        {
            Runs = runs,
            RunCount = convolution.Kernel,
            RunLength = convolution.RunLength,
            PixelStride = (nint)Plan.Stride * Input.PixelStride,
            Pixels = Width,
            Output = Output.Row((y * Plan.Shuffle) + block.Row) + ((nint)block.Column * Output.PixelStride),
            OutputStride = (nint)Plan.Shuffle * Output.PixelStride,
            Residual = Residual == null ? null : Residual.Row(y),
            ResidualStride = Residual?.PixelStride ?? 0,
            Slope = Plan.Slope,
        };
        convolution.Run(in row, in block);
    }

    /// <inheritdoc/>
    protected override int Divide(int threads) => Rows * convolution.Blocks.Length;
}
