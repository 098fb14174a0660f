namespace VaeCodec.Models.Cpu.Kernels.Winograd;

/// <summary>The transform of a 3x3 kernel, U = G g G^T.</summary>
/// <remarks>
/// In 64-bit floats, rounded once at the end (normative): the weights that are multiplied with are as good as the
/// untransformed ones. Source: Lavin, Gray, CVPR 2016, section 4.3.
/// </remarks>
internal static class WinogradWeights
{
    private const double Sixth = 1.0 / 6, Twelfth = 1.0 / 12, TwentyFourth = 1.0 / 24;

    /// <summary>Transforms one kernel.</summary>
    /// <param name="kernel">9 weights, row by row.</param>
    /// <param name="transformed">Out: 36 values, row by row.</param>
    public static void Transform(ReadOnlySpan<float> kernel, Span<float> transformed)
    {
        Span<double> columns = stackalloc double[6 * 3];
        for (int column = 0; column < 3; column++)
        {
            (columns[column], columns[3 + column], columns[6 + column], columns[9 + column], columns[12 + column], columns[15 + column])
                = Line(kernel[column], kernel[3 + column], kernel[6 + column]);
        }

        for (int row = 0; row < 6; row++)
        {
            (double u0, double u1, double u2, double u3, double u4, double u5) = Line(columns[3 * row], columns[(3 * row) + 1], columns[(3 * row) + 2]);
            Span<float> line = transformed.Slice(6 * row, 6);
            line[0] = (float)u0;
            line[1] = (float)u1;
            line[2] = (float)u2;
            line[3] = (float)u3;
            line[4] = (float)u4;
            line[5] = (float)u5;
        }
    }

    private static (double U0, double U1, double U2, double U3, double U4, double U5) Line(double g0, double g1, double g2)
    {
        double outer = g0 + g2, far = (g0 * TwentyFourth) + (g2 * Sixth), middle = g1 * Twelfth;
        return (g0 * 0.25, -((outer + g1) * Sixth), -((outer - g1) * Sixth), far + middle, far - middle, g2);
    }
}
