using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

public class MeanKernelTests
{
    private static readonly float[] s_special = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 32768, -32768, 32769, -32769, 3e38f, -3e38f, float.Epsilon, 0.1f, 1 / 3f];

    [Fact]
    public void EveryLength_EqualsOneOperationAfterTheOther()
    {
        Random random = new(3);
        float Value() => random.Next(4) == 0 ? s_special[random.Next(s_special.Length)] : (random.NextSingle() - 0.5f) * 300;
        for (int length = 0; length <= 100; length++)
        {
            float[] h = [.. Enumerable.Range(0, length).Select(_ => Value())], a = [.. h.Select(_ => Value())], d = [.. h.Select(_ => Value())], g = [.. h.Select(_ => Value())];
            float[] first = new float[length], second = new float[length], decoded = new float[length];
            short[] symbols = [.. h.Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
            MeanKernel.First(h, a, first);
            MeanKernel.Second(h, a, d, g, second);
            MeanKernel.Reconstruct(symbols, second, decoded);
            FloatAssert.SameBits([.. h.Select((value, i) => Bound(value * a[i]))], first, "first pass");
            FloatAssert.SameBits([.. h.Select((value, i) => Bound(Sum(value * a[i], d[i] * g[i])))], second, "second pass");
            FloatAssert.SameBits([.. second.Select((mean, i) => symbols[i] + mean)], decoded, "y_hat");
        }
    }

    [Theory]
    [InlineData(float.NaN, -32768)]
    [InlineData(float.PositiveInfinity, 32768)]
    [InlineData(float.NegativeInfinity, -32768)]
    [InlineData(32767.998f, 32767.998f)]
    [InlineData(-5f, -5f)]
    public void MeansAreBounded(float mean, float bounded) => Assert.Equal(bounded, MeanKernel.Bound(mean));

    private static float Sum(float left, float right) => left + right;

    private static float Bound(float mean) => float.IsNaN(mean) ? -32768 : Math.Clamp(mean, -32768, 32768);
}
