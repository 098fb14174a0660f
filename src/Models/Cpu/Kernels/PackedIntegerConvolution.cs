using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>A convolution of the scale network with its weights in the order the kernel reads them. Immutable; shared by all threads.</summary>
internal sealed unsafe class PackedIntegerConvolution : IDisposable
{
    private readonly IntegerConvolution _source;
    private readonly AlignedBuffer _weights = new();
    private readonly AlignedBuffer _bias = new();
    private readonly CpuKernels _kernels;
    private readonly int _block;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <summary>Packs a convolution.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="path">Vector width.</param>
    /// <param name="shuffle">Factor of the pixel shuffle that follows, 1 for none.</param>
    /// <param name="rectified">Whether a ReLU follows: the output saturates to 0..255 instead of -32768..32767.</param>
    public PackedIntegerConvolution(IntegerConvolution source, CpuPath path, int shuffle, bool rectified)
    {
        _source = source;
        Shuffle = shuffle;
        (_minimum, _maximum) = rectified ? (0, 255) : (short.MinValue, short.MaxValue);
        InputStride = Even(source.Inputs);
        OutputChannels = source.Outputs / (shuffle * shuffle);
        _kernels = CpuKernels.Of(path);
        _block = 2 * _kernels.Count;
        int blocks = (source.Outputs + _block - 1) / _block;
        int area = source.Kernel * source.Kernel;
        int pairs = area * InputStride / 2;
        short* weights = (short*)_weights.Require((long)blocks * pairs * _block);
        int* bias = (int*)_bias.Require(blocks * _block);
        for (int output = 0; output < source.Outputs; output++)
        {
            bias[output] = source.Bias[output];
            short* lane = weights + ((((long)output / _block * pairs * _block) + (output % _block)) * 2);
            for (int tap = 0; tap < area; tap++)
            {
                for (int input = 0; input < source.Inputs; input++)
                {
                    int position = (tap * InputStride) + input;
                    lane[((long)position / 2 * _block * 2) + (position % 2)] = source.Weights[(((output * source.Inputs) + input) * area) + tap];
                }
            }
        }
    }

    public int Kernel => _source.Kernel;

    /// <summary>Input channels.</summary>
    public int InputChannels => _source.Inputs;

    /// <summary>16-bit elements of an input pixel: the channels, made even.</summary>
    public int InputStride { get; }

    /// <summary>Channels after the shuffle.</summary>
    public int OutputChannels { get; }

    public int Shuffle { get; }

    public static int Even(int channels) => (channels + 1) / 2 * 2;

    /// <summary>Computes one row.</summary>
    /// <param name="rows">For each kernel row the input pixel where the window of pixel 0 starts.</param>
    /// <param name="pixels">Pixels in the row.</param>
    /// <param name="sums">Room for pixels times the block, see <see cref="SumElements"/>.</param>
    /// <param name="outputs">For each sub-row of the shuffle, output pixel 0.</param>
    /// <param name="outputStride">Elements from one output pixel to the next.</param>
    public void Run(short** rows, int pixels, int* sums, short** outputs, int outputStride)
    {
        int area = Kernel * Kernel;
        long pairs = (long)area * InputStride / 2;
        for (int first = 0, block = 0; first < _source.Outputs; first += _block, block++)
        {
            _kernels.ConvolveIntegers((int**)rows, Kernel, Kernel * InputStride / 2, InputStride / 2, pixels, (int*)_weights.Floats + (block * pairs * _block), (int*)_bias.Floats + first, sums);
            int lanes = Math.Min(_block, _source.Outputs - first);
            for (int lane = 0; lane < lanes; lane++)
            {
                int output = first + lane;
                int channel = output / (Shuffle * Shuffle);
                int sub = output % (Shuffle * Shuffle);
                int shift = _source.Shift[output];
                int half = shift == 0 ? 0 : 1 << (shift - 1);
                short* destination = outputs[sub / Shuffle] + ((nint)(sub % Shuffle) * outputStride) + channel;
                for (int x = 0; x < pixels; x++)
                {
                    int value = (sums[((nint)x * _block) + lane] + half) >> shift;
                    destination[(nint)x * Shuffle * outputStride] = (short)Math.Clamp(value, _minimum, _maximum);
                }
            }
        }
    }

    /// <summary>Elements that the sums of a row take.</summary>
    public int SumElements(int pixels) => pixels * _block;

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }
}
