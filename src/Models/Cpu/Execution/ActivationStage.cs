using System.Numerics;
using System.Runtime.CompilerServices;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>A stage that only applies an activation: one row an item.</summary>
internal sealed unsafe class ActivationStage(StagePlan plan, RowRing input, RowRing output) : NetworkStage(plan, input, output, null)
{
    /// <inheritdoc/>
    public override void Execute(int item)
        => Activate(Input.Row(Done + item), Output.Row(Done + item), (nint)Width * Input.PixelStride, Plan.Slope);

    /// <inheritdoc/>
    protected override int Divide(int threads) => Rows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Activate(float* input, float* output, nint count, float slope)
    {
        // One multiplication and one choice in each element: the same value in every vector width.
        nint i = 0;
        int lanes = Vector<float>.Count;
        for (; i <= count - lanes; i += lanes)
        {
            Vector<float> x = Vector.Load(input + i);
            Vector.Store(Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, x * slope), output + i);
        }

        for (; i < count; i++)
        {
            output[i] = input[i] > 0 ? input[i] : input[i] * slope;
        }
    }
}
