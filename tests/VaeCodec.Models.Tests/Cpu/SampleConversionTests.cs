using VaeCodec.Models.Cpu;

namespace VaeCodec.Models.Tests.Cpu;

public class SampleConversionTests
{
    [Fact]
    public void EveryValueBecomesTheSameByteInVectorsAndAlone()
    {
        List<float> values = [float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, float.Epsilon, float.MaxValue, float.MinValue, 1e9f, -1e9f];
        for (int level = -2; level <= 258; level++)
        {
            // Where a byte ends and the next begins, with the neighbours on both sides.
            float edge = ((level - 0.5f) / 255f) - 0.5f;
            values.AddRange([edge, MathF.BitIncrement(edge), MathF.BitDecrement(edge), MathF.BitIncrement(MathF.BitIncrement(edge)), (level / 255f) - 0.5f]);
        }

        byte[] bytes = new byte[values.Count];
        SampleConversion.ToBytes(values.ToArray(), bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.Equal(SampleConversion.ToByte(values[i]), bytes[i]);
        }

        Assert.Equal([0, 0, 255, 0, 128, 128, 128, 255, 0, 255, 0], bytes[..11]);
    }

    [Fact]
    public void EveryLengthIsConvertedToItsEnd()
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => (i * 3 / 255f) - 0.5f)];
            byte[] bytes = new byte[length];
            SampleConversion.ToBytes(values, bytes);
            Assert.Equal([.. Enumerable.Range(0, length).Select(i => (byte)(i * 3))], bytes);
        }
    }

    [Fact]
    public void AllBytesComeBack()
    {
        byte[] samples = [.. Enumerable.Range(0, 256).Select(level => (byte)level)];
        float[] values = new float[256], grey = new float[3 * 256];
        SampleConversion.FromBytes(samples, values);
        Assert.Equal([.. Enumerable.Range(0, 256).Select(level => (level / 255f) - 0.5f)], values);
        SampleConversion.FromGrey(samples, grey);
        Assert.Equal([.. values.SelectMany(value => Enumerable.Repeat(value, 3))], grey);
        byte[] bytes = new byte[256];
        SampleConversion.ToBytes(values, bytes);
        Assert.Equal([.. Enumerable.Range(0, 256).Select(level => (byte)level)], bytes);
    }
}
