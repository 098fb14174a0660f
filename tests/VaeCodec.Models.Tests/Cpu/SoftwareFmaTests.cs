using System.Runtime.Intrinsics;
using VaeCodec.Models.Cpu.Simd;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

public class SoftwareFmaTests
{
    private const float Tiny = 1.40129846e-45f;
    private const float MinNormal = 1.17549435e-38f;

    private static readonly float[] s_special =
    [
        0f, -0f, 1f, -1f, Tiny, -Tiny, 2 * Tiny, MinNormal, -MinNormal, MathF.BitDecrement(MinNormal), float.MaxValue, -float.MaxValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1 + MathF.ScaleB(1, -12), 1 - MathF.ScaleB(1, -12), MathF.BitIncrement(1), MathF.BitDecrement(1),
        MathF.ScaleB(1, -75), MathF.ScaleB(1, -74), MathF.ScaleB(1, 64), MathF.ScaleB(1, 63), MathF.ScaleB(1, -100), 0.5f, 3f, 1e30f, -1e-30f,
    ];

    /// <summary>(1 + 2^-12)^2 lies exactly half way between two floats; what is added decides the direction.</summary>
    private static IEnumerable<(float A, float B, float C)> HalfWay()
    {
        for (int exponent = -60; exponent <= 60; exponent += 5)
        {
            for (int k = 12; k <= 12 + 3; k++)
            {
                float a = MathF.ScaleB(1 + MathF.ScaleB(1, -12), exponent);
                float b = 1 + MathF.ScaleB((2 * (k - 12)) + 1, -12);
                foreach (float sign in (float[])[1, -1])
                {
                    for (int small = 60; small <= 140 && exponent - small >= -149; small += 10)
                    {
                        yield return (sign * a, b, MathF.ScaleB(1, exponent - small));
                        yield return (sign * a, b, -MathF.ScaleB(1, exponent - small));
                    }

                    yield return (sign * a, b, 0);
                }
            }
        }
    }

    [Fact]
    public void EqualsTheExactResult_HalfWayBetweenTwoFloats()
    {
        foreach ((float a, float b, float c) in HalfWay())
        {
            Check(a, b, c);
        }
    }

    [Fact]
    public void EqualsTheExactResult_ForAllTriplesOfSpecialValues()
    {
        foreach (float a in s_special)
        {
            foreach (float b in s_special)
            {
                foreach (float c in s_special)
                {
                    Check(a, b, c);
                }
            }
        }
    }

    [Fact]
    public void EqualsTheExactResult_ForRandomBitPatterns()
    {
        Random random = new(1);
        for (int i = 0; i < 6000; i++)
        {
            Check(AnyFloat(random), AnyFloat(random), AnyFloat(random));
        }
    }

    [Fact]
    public void EqualsTheExactResult_WhereProductAndAddendCancel()
    {
        Random random = new(2);
        for (int i = 0; i < 4000; i++)
        {
            float a = (random.NextSingle() - 0.5f) * MathF.ScaleB(1, random.Next(-60, 60)), b = random.NextSingle() + 0.5f;
            float c = -(a * b);
            for (int step = random.Next(4); step > 0; step--)
            {
                c = random.Next(2) == 0 ? MathF.BitIncrement(c) : MathF.BitDecrement(c);
            }

            Check(a, b, c);
        }
    }

    [Fact]
    public void EqualsTheExactResult_NearTheEndsOfTheRange()
    {
        Random random = new(3);
        for (int i = 0; i < 4000; i++)
        {
            bool small = (i & 1) == 0;
            int sum = small ? random.Next(-155, -120) : random.Next(120, 129);
            int half = random.Next(-20, 20);
            float a = MathF.ScaleB(1 + random.NextSingle(), (sum / 2) + half), b = MathF.ScaleB(1 + random.NextSingle(), sum - (sum / 2) - half);
            float c = MathF.ScaleB(random.NextSingle() - 0.5f, sum + random.Next(-30, 30));
            Check(a, b, c);
        }
    }

    [Fact]
    public void PlainDoubleArithmetic_FailsSomeOfTheHardCases()
    {
        int wrong = HalfWay().Count(t => !FloatAssert.Same(ExactFma.MultiplyAdd(t.A, t.B, t.C), (float)(((double)t.A * t.B) + t.C)));
        Assert.True(wrong > 100, $"Only {wrong} hard cases tell a double multiply-add from a fused one, so they prove nothing.");
    }

    [HardwareFmaFact]
    public void ExactReference_AgreesWithTheProcessor()
    {
        Random random = new(4);
        for (int i = 0; i < 5000; i++)
        {
            (float a, float b, float c) = (AnyFloat(random), AnyFloat(random), AnyFloat(random));
            Assert.True(FloatAssert.Same(MathF.FusedMultiplyAdd(a, b, c), ExactFma.MultiplyAdd(a, b, c)), $"{a:R} * {b:R} + {c:R}");
        }
    }

    [HardwareFmaFact]
    public void EqualsTheProcessor_ForAMillionRandomValues()
    {
        Random random = new(5);
        for (int i = 0; i < 1_000_000; i++)
        {
            float a = random.NextSingle() - 0.5f, b = random.NextSingle() - 0.5f, c = MathF.ScaleB(random.NextSingle() - 0.5f, random.Next(-30, 4));
            Assert.Equal(MathF.FusedMultiplyAdd(a, b, c), SoftwareFma.MultiplyAdd(a, b, c));
        }
    }

    private static float AnyFloat(Random random) => BitConverter.Int32BitsToSingle((int)random.NextInt64(int.MinValue, (long)int.MaxValue + 1));

    private static void Check(float a, float b, float c)
    {
        float expected = ExactFma.MultiplyAdd(a, b, c);
        float scalar = SoftwareFma.MultiplyAdd(a, b, c);
        Assert.True(FloatAssert.Same(expected, scalar), $"Scalar: {a:R} * {b:R} + {c:R} = {scalar:R}, not {expected:R}.");

        // Each element on its own: neighbours with other signs must not matter.
        Vector128<float> vector = SoftwareFma.MultiplyAdd(Vector128.Create(a, -a, b, 1), Vector128.Create(b, b, a, 1), Vector128.Create(c, -c, c, -1));
        Assert.True(FloatAssert.Same(expected, vector[0]), $"Vector: {a:R} * {b:R} + {c:R} = {vector[0]:R}, not {expected:R}.");
        Assert.True(FloatAssert.Same(-expected, vector[1]), $"Vector: {-a:R} * {b:R} + {-c:R} = {vector[1]:R}, not {-expected:R}.");
        Assert.True(FloatAssert.Same(expected, vector[2]), $"Vector: {b:R} * {a:R} + {c:R} = {vector[2]:R}, not {expected:R}.");
        Assert.Equal(0, vector[3]);
    }
}
