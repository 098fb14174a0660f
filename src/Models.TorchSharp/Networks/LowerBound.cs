using TorchSharp;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>
/// max(x, bound) whose gradient also passes where x is below the bound but would grow by it: a value that hit the floor
/// can leave it again, and one that lies there is not pushed further down. (CompressAI, <c>ops/bound_ops.py</c>, has the same rule.)
/// </summary>
internal sealed class LowerBound : autograd.SingleTensorFunction<LowerBound>
{
    [ThreadStatic]
    private static Tensor? s_last;

    /// <inheritdoc/>
    public override string Name => nameof(LowerBound);

    /// <summary>Bounds a tensor.</summary>
    public static Tensor Of(Tensor x, double bound) => apply(x, bound);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor x = (Tensor)vars[0];
        double bound = (double)vars[1];
        ctx.save_for_backward([x < bound]);
        return x.clamp(min: bound);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using Tensor gradient = grad_output;
        using Tensor below = ctx.get_saved_variables()[0];
        using Tensor positive = gradient > 0;
        using Tensor blocked = below.logical_and(positive);

        // On a GPU this runs on a thread of libtorch's, where no scope disposes of anything: not of the gradient, which is a handle of its own, and would stay until the garbage
        // collector comes by. Nothing holds the result until libtorch has taken it: it is held here until the next one.
        s_last?.Dispose();
        s_last = gradient.masked_fill(blocked, 0);
        return [s_last, null!];
    }
}
