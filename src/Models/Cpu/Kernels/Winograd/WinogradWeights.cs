using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VaeCodec.Models.Cpu.Kernels.Winograd;

/// <summary>The transform of 3x3 kernels, U = G g G^T, several kernels at a time.</summary>
/// <remarks>
/// In 64-bit floats, rounded once at the end (normative): the weights that are multiplied with are as good as the
/// untransformed ones. Each kernel has a lane of its own, so the vectors change no result. Source: Lavin, Gray, CVPR 2016,
/// section 4.3.
/// </remarks>
[SkipLocalsInit]
internal static unsafe class WinogradWeights
{
    /// <summary>Kernels that are transformed at a time.</summary>
    public const int Lanes = 8;

    /// <summary>Weights of a kernel.</summary>
    public const int Taps = 9;

    private const int Points = WinogradConvolution.Points;

    /// <summary>Transforms kernels side by side.</summary>
    /// <param name="kernels">9 weights of each, row by row; for a tap one value for each kernel.</param>
    /// <param name="count">Kernels: a multiple of <see cref="Lanes"/>.</param>
    /// <param name="transformed">Out: for a point one value for each kernel.</param>
    /// <param name="pointStride">Elements from one point to the next; 36 points, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(float* kernels, int count, float* transformed, nint pointStride)
    {
        Vector256<double>* taps = stackalloc Vector256<double>[2 * Taps];
        Vector256<double>* columns = stackalloc Vector256<double>[6 * 3];
        Vector256<double>* points = stackalloc Vector256<double>[2 * Points];
        for (int kernel = 0; kernel < count; kernel += Lanes)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                (taps[tap], taps[Taps + tap]) = Vector256.Widen(Vector256.Load(kernels + (tap * count) + kernel));
            }

            for (int half = 0; half < 2; half++)
            {
                Vector256<double>* source = taps + (half * Taps);
                for (int column = 0; column < 3; column++)
                {
                    Line(source[column], source[3 + column], source[6 + column], columns + column, 3);
                }

                for (int row = 0; row < 6; row++)
                {
                    Line(columns[3 * row], columns[(3 * row) + 1], columns[(3 * row) + 2], points + (half * Points) + (6 * row), 1);
                }
            }

            for (int point = 0; point < Points; point++)
            {
                Vector256.Narrow(points[point], points[Points + point]).Store(transformed + (point * pointStride) + kernel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line(Vector256<double> g0, Vector256<double> g1, Vector256<double> g2, Vector256<double>* to, int stride)
    {
        Vector256<double> sixth = Vector256.Create(1.0 / 6);
        Vector256<double> outer = g0 + g2, far = (g0 * Vector256.Create(1.0 / 24)) + (g2 * sixth), middle = g1 * Vector256.Create(1.0 / 12);
        to[0] = g0 * Vector256.Create(0.25);
        to[stride] = -((outer + g1) * sixth);
        to[2 * stride] = -((outer - g1) * sixth);
        to[3 * stride] = far + middle;
        to[4 * stride] = far - middle;
        to[5 * stride] = g2;
    }
}
