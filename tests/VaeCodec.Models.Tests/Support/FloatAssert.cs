namespace VaeCodec.Models.Tests.Support;

internal static class FloatAssert
{
    /// <summary>Equal in every bit; the sign of a zero is left open, because no later value depends on it.</summary>
    public static void SameValues(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Same(expected[i], actual[i]))
            {
                Assert.Fail($"{what}: element {i} is {actual[i]:R} instead of {expected[i]:R}.");
            }
        }
    }

    /// <summary>Equal in every bit, signs of zeros too.</summary>
    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                Assert.Fail($"{what}: element {i} is {actual[i]:R} instead of {expected[i]:R}.");
            }
        }
    }

    public static bool Same(float expected, float actual)
        => float.IsNaN(expected) ? float.IsNaN(actual) : expected == actual;
}
