namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.5: the three transforms of a line, and how they make those of a square.</summary>
internal static class WinogradTransforms
{
    /// <summary>The transform of a kernel's line, in 64-bit floats.</summary>
    public static double[] Kernel(double[] g)
    {
        double a = g[0] + g[2];
        double b = (g[0] * (1.0 / 24)) + (g[2] * (1.0 / 6));
        double c = g[1] * (1.0 / 12);
        return [g[0] * 0.25, -((a + g[1]) * (1.0 / 6)), -((a - g[1]) * (1.0 / 6)), b + c, b - c, g[2]];
    }

    /// <summary>The transform of a line of inputs.</summary>
    public static float[] Input(float[] x)
    {
        float e = MathF.FusedMultiplyAdd(-4, x[2], x[4]);
        float o = MathF.FusedMultiplyAdd(-4, x[1], x[3]);
        float f = x[4] - x[2];
        float p = x[3] - x[1];
        return
        [
            MathF.FusedMultiplyAdd(4, x[0], MathF.FusedMultiplyAdd(-5, x[2], x[4])),
            e + o,
            e - o,
            MathF.FusedMultiplyAdd(2, p, f),
            MathF.FusedMultiplyAdd(-2, p, f),
            MathF.FusedMultiplyAdd(4, x[1], MathF.FusedMultiplyAdd(-5, x[3], x[5])),
        ];
    }

    /// <summary>The transform of a line of outputs.</summary>
    public static float[] Output(float[] x)
    {
        float s = x[1] + x[2];
        float d = x[1] - x[2];
        float t = x[3] + x[4];
        float u = x[3] - x[4];
        return
        [
            (x[0] + s) + t,
            MathF.FusedMultiplyAdd(2, u, d),
            MathF.FusedMultiplyAdd(4, t, s),
            MathF.FusedMultiplyAdd(8, u, d) + x[5],
        ];
    }

    /// <summary>Transforms a square, its rows one after the other: its columns first, then the rows of what comes out.</summary>
    public static T[] Square<T>(T[] square, Func<T[], T[]> line)
    {
        int side = (int)Math.Sqrt(square.Length);
        T[][] columns = [.. Enumerable.Range(0, side).Select(column => line([.. Enumerable.Range(0, side).Select(row => square[(row * side) + column])]))];
        int rows = columns[0].Length;
        return [.. Enumerable.Range(0, rows).SelectMany(row => line([.. columns.Select(column => column[row])]))];
    }
}
