using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

public class ElementKernelTests
{
    private static readonly float[] s_special = [0, -0f, float.PositiveInfinity, float.NegativeInfinity, 3e38f, -3e38f, float.Epsilon, -float.Epsilon, 0.1f, 1 / 3f, 1, -1];

    [Fact]
    public void EveryLength_EqualsOneOperationAfterTheOther()
    {
        Random random = new(5);
        float Value() => random.Next(4) == 0 ? s_special[random.Next(s_special.Length)] : (random.NextSingle() - 0.5f) * 300;
        for (int length = 0; length <= 100; length++)
        {
            float[] a = [.. Enumerable.Range(0, length).Select(_ => Value())], b = [.. a.Select(_ => Value())];
            float[] products = new float[length], quotients = new float[length], sums = new float[length], compressed = new float[length];
            ElementKernel.Multiply(a, b, products);
            ElementKernel.Divide(a, b, quotients);
            ElementKernel.Add(a, b, sums);
            ElementKernel.Compress(a, compressed);
            FloatAssert.SameBits([.. a.Select((value, i) => value * b[i])], products, "products");
            FloatAssert.SameBits([.. a.Select((value, i) => value / b[i])], quotients, "quotients");
            FloatAssert.SameBits([.. a.Select((value, i) => value + b[i])], sums, "sums");
            FloatAssert.SameBits([.. a.Select(ElementKernel.Compress)], compressed, "compressed");
        }
    }

    [Fact]
    public void ATarget_MayBeASource()
    {
        float[] values = [.. Enumerable.Range(-40, 81).Select(i => i / 3f)], factors = [.. values.Select(value => value - 7)];
        float[] expected = [.. values.Select((value, i) => value * factors[i])];
        ElementKernel.Multiply(values, factors, values);
        FloatAssert.SameBits(expected, values, "in place");
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(3f, 1f)]
    [InlineData(-3f, -1f)]
    [InlineData(-8f, -2f)]
    [InlineData(99f, 9f)]
    public void Compress_HalvesTheSmall_AndTakesRootsOfTheLarge(float value, float compressed) => Assert.Equal(compressed, ElementKernel.Compress(value));
}
