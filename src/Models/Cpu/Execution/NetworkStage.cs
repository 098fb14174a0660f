using System.Runtime.CompilerServices;
using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>A stage at work: computes as many rows as its input and the room in its output allow.</summary>
internal sealed unsafe class NetworkStage : IParallelWork
{
    private readonly StagePlan _plan;
    private readonly RowRing _input;
    private readonly RowRing _output;
    private readonly RowRing? _residual;
    private readonly int _inputConsumer;
    private readonly int _residualConsumer;
    private readonly int _kernel;
    private int _done;
    private int _rows;
    private int _width;
    private int _height;

    public NetworkStage(StagePlan plan, RowRing input, RowRing output, RowRing? residual)
    {
        _plan = plan;
        _input = input;
        _output = output;
        _residual = residual;
        _kernel = plan.Convolution?.Kernel ?? 1;
        _input.NeedMargin(plan.Padding);
        _inputConsumer = input.AddConsumer();
        _residualConsumer = residual?.AddConsumer() ?? -1;
    }

    /// <summary>Starts anew, after the rings were given their sizes.</summary>
    public void Reset()
    {
        _done = 0;
        _width = _input.Width / _plan.Stride;
        _height = _input.Height / _plan.Stride;
    }

    /// <summary>Computes what can be computed now.</summary>
    /// <returns>Whether anything was computed.</returns>
    public bool Run(WorkerTeam team)
    {
        int ready = _input.Produced == _input.Height
            ? _height
            : ((_input.Produced + _plan.Padding - _kernel) / _plan.Stride) + (_input.Produced + _plan.Padding >= _kernel ? 1 : 0);
        if (_residual != null)
        {
            ready = Math.Min(ready, _residual.Produced);
        }

        _rows = Math.Min(ready - _done, _output.Free / _plan.Shuffle);
        if (_rows <= 0)
        {
            return false;
        }

        team.Run(_rows * (_plan.Convolution?.Blocks.Length ?? 1), this);
        _done += _rows;
        _output.Commit(_rows * _plan.Shuffle);
        _input.Release(_inputConsumer, _done == _height ? _input.Height : (_done * _plan.Stride) - _plan.Padding);
        _residual?.Release(_residualConsumer, _done);
        return true;
    }

    /// <summary>One row of one block of channels; blocks vary slowest, so that a thread keeps its weights in the cache.</summary>
    public void Execute(int item)
    {
        int y = _done + (item % _rows);
        if (_plan.Convolution is not { } convolution)
        {
            Activate(_input.Row(y), _output.Row(y), (nint)_width * _input.PixelStride, _plan.Slope);
            return;
        }

        ref readonly PackedBlock block = ref convolution.Blocks[item / _rows];
        float** runs = stackalloc float*[_kernel];
        int top = (y * _plan.Stride) - _plan.Padding;
        for (int i = 0; i < _kernel; i++)
        {
            runs[i] = _input.Row(top + i) - ((nint)_plan.Padding * _input.PixelStride);
        }

        ConvolutionRow row = new()
        {
            Runs = runs,
            RunCount = _kernel,
            RunLength = convolution.RunLength,
            PixelStride = (nint)_plan.Stride * _input.PixelStride,
            Pixels = _width,
            Output = _output.Row((y * _plan.Shuffle) + block.Row) + ((nint)block.Column * _output.PixelStride),
            OutputStride = (nint)_plan.Shuffle * _output.PixelStride,
            Residual = _residual == null ? null : _residual.Row(y),
            ResidualStride = _residual?.PixelStride ?? 0,
            Slope = _plan.Slope,
        };
        convolution.Run(in row, in block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Activate(float* input, float* output, nint count, float slope)
    {
        // One multiplication and one choice in each element: the same value in every vector width.
        nint i = 0;
        int lanes = System.Numerics.Vector<float>.Count;
        for (; i <= count - lanes; i += lanes)
        {
            System.Numerics.Vector<float> x = System.Numerics.Vector.Load(input + i);
            System.Numerics.Vector.Store(System.Numerics.Vector.ConditionalSelect(System.Numerics.Vector.GreaterThan(x, System.Numerics.Vector<float>.Zero), x, x * slope), output + i);
        }

        for (; i < count; i++)
        {
            output[i] = input[i] > 0 ? input[i] : input[i] * slope;
        }
    }
}
