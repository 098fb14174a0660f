using TorchSharp;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>
/// exp(x^2) erfc(x) for x of 0 and above, which no x makes underflow: a Chebyshev fit whose relative error is below
/// 1.2e-7 (Press et al., "Numerical Recipes", section 6.2, <c>erfcc</c>), with the exact derivative 2 x f(x) - 2 / sqrt(pi).
/// </summary>
/// <remarks>
/// TorchSharp has a function of that name, torch.special.erfcx, but in 0.107 both its managed and its native half call
/// erfc instead (THSSpecial.cpp, Special.cs), which silently counts the square twice.
/// </remarks>
internal sealed class ScaledErfc : autograd.SingleTensorFunction<ScaledErfc>
{
    private static readonly double[] s_coefficients = [0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223];

    [ThreadStatic]
    private static Tensor? s_last;

    /// <inheritdoc/>
    public override string Name => nameof(ScaledErfc);

    /// <summary>The function of each element.</summary>
    public static Tensor Of(Tensor x) => apply(x);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor x = (Tensor)vars[0];
        using DisposeScope scope = NewDisposeScope();
        Tensor t = 2 / (x + 2);
        Tensor polynomial = full_like(t, s_coefficients[0]);
        foreach (double coefficient in s_coefficients.AsSpan(1))
        {
            polynomial.mul_(t).add_(coefficient);
        }

        Tensor result = polynomial.exp_().mul_(t).MoveToOuterDisposeScope();
        ctx.save_for_backward([x, result]);
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        using Tensor x = saved[0], value = saved[1];
        using Tensor product = x * value;
        using Tensor doubled = product * 2;
        using Tensor slope = doubled - (2 / Math.Sqrt(Math.PI));

        // On a GPU this runs on a thread of libtorch's, without a scope that disposes: see LowerBound.
        s_last?.Dispose();
        s_last = grad_output * slope;
        return [s_last];
    }
}
