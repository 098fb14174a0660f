using System.Numerics;
using System.Runtime.CompilerServices;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Carries the gradient at the output of one stage back to its input.</summary>
internal sealed unsafe class AdjointStage : IParallelWork, IDisposable
{
    private readonly StagePlan _plan;
    private readonly RowRing? _activated;
    private readonly RowRing _outer;
    private readonly RowRing _inner;
    private readonly bool _adds;
    private readonly RowRing? _gathered;
    private readonly NetworkStage? _convolution;

    /// <summary>Makes a stage.</summary>
    /// <param name="plan">What the stage does forwards.</param>
    /// <param name="adjoint">Its adjoint convolution, or null for an activation.</param>
    /// <param name="forward">The tensor whose signs say where its activation bends: its output, or for an activation alone its input.</param>
    /// <param name="outer">The gradient at its output.</param>
    /// <param name="inner">Out: the gradient at its input.</param>
    /// <param name="adds">Whether the gradient at its input has another part already, that of a residual's way past the stage.</param>
    /// <param name="scratch">Working memory.</param>
    public AdjointStage(StagePlan plan, StagePlan? adjoint, RowRing forward, RowRing outer, RowRing inner, bool adds, RentalPool<AlignedBuffer> scratch)
    {
        _plan = plan;
        _activated = plan.Slope == 1 && adjoint != null ? null : forward;
        _outer = outer;
        _inner = inner;
        _adds = adds;
        if (adjoint != null)
        {
            _gathered = new RowRing(plan.Shuffle * plan.Shuffle * outer.PixelStride, 0);
            _convolution = NetworkStage.Create(adjoint, [_gathered, inner], scratch);
        }
    }

    /// <summary>Makes room, after the gradients were given their sizes.</summary>
    public void Reset()
    {
        _gathered?.Reset(_inner.Width, _inner.Height, _inner.Height);
        _convolution?.Reset();
    }

    /// <summary>Carries back the gradient that is there.</summary>
    public void Run(WorkerTeam team)
    {
        team.Run(_inner.Height, this);
        if (_convolution != null)
        {
            _inner.Rewind();
            _convolution.Reset();
            _gathered!.Rewind();
            _gathered.Commit(_gathered.Height);
            _convolution.Run(team);
        }
    }

    /// <summary>One row: the gradient where the activation has bent it.</summary>
    /// <param name="item">The row at the stage's input.</param>
    void IParallelWork.Execute(int item)
    {
        if (_gathered == null)
        {
            Bend(_outer.Row(item), _activated!.Row(item), _inner.Row(item), _inner.Width * _inner.PixelStride, _plan.Slope, _adds);
            return;
        }

        // The pixels that the shuffle made of one come together again.
        int shuffle = _plan.Shuffle, stride = _outer.PixelStride;
        for (int row = 0; row < shuffle; row++)
        {
            float* source = _outer.Row((item * shuffle) + row), signs = _activated == null ? null : _activated.Row((item * shuffle) + row);
            float* target = _gathered.Row(item) + ((nint)row * shuffle * stride);
            for (int x = 0; x < _inner.Width; x++)
            {
                if (signs == null)
                {
                    new ReadOnlySpan<float>(source, shuffle * stride).CopyTo(new Span<float>(target, shuffle * stride));
                }
                else
                {
                    Bend(source, signs, target, shuffle * stride, _plan.Slope, false);
                    signs += shuffle * stride;
                }

                source += shuffle * stride;
                target += _gathered.PixelStride;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gathered?.Dispose();

    /// <summary>The gradient behind a leaky ReLU, whose output has the sign of its input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bend(float* gradient, float* signs, float* target, int count, float slope, bool adds)
    {
        int i = 0, lanes = Vector<float>.Count;
        for (; i <= count - lanes; i += lanes)
        {
            Vector<float> value = Vector.Load(gradient + i);
            value = Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(signs + i), Vector<float>.Zero), value, value * slope);
            Vector.Store(adds ? Vector.Load(target + i) + value : value, target + i);
        }

        for (; i < count; i++)
        {
            float value = signs[i] > 0 ? gradient[i] : gradient[i] * slope;
            target[i] = adds ? target[i] + value : value;
        }
    }
}
