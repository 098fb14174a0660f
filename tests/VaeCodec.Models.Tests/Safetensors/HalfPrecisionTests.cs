using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Tests.Safetensors;

public class HalfPrecisionTests
{
    [Fact]
    public void EveryHalf_IsWidenedAsTheLibraryDoes()
    {
        Half[] halves = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        byte[] data = [.. halves.SelectMany(BitConverter.GetBytes)];

        // From the second element on as well, so that vectors and what is left over meet at other places.
        for (int skip = 0; skip < 2; skip++)
        {
            float[] values = new float[halves.Length - skip];
            HalfPrecision.Widen(data.AsSpan(2 * skip), values);
            for (int i = 0; i < values.Length; i++)
            {
                float expected = (float)halves[i + skip];
                Assert.True(
                    float.IsNaN(expected) ? float.IsNaN(values[i]) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(values[i]),
                    $"{BitConverter.HalfToUInt16Bits(halves[i + skip]):X4} became {values[i]:R} instead of {expected:R}.");
            }
        }
    }
}
