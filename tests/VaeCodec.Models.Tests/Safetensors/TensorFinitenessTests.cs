using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Tests.Safetensors;

public class TensorFinitenessTests
{
    /// <summary>All 65536 patterns of 16 bits, one at a time among finite ones, against the conversion.</summary>
    [Theory]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    public void EveryPatternOf16Bits_IsJudgedAsItsValueIs(TensorType type)
    {
        byte[] data = new byte[2 * 37];
        Tensor tensor = new(type, [37], data);
        for (int pattern = 0; pattern <= ushort.MaxValue; pattern++)
        {
            int place = pattern % 37;
            BitConverter.TryWriteBytes(data.AsSpan(2 * place), (ushort)pattern);
            Assert.Equal(float.IsFinite(tensor.ToFloats()[place]), tensor.HoldsFiniteFloats());
            data.AsSpan(2 * place, 2).Clear();
        }
    }

    [Theory]
    [InlineData(1f, true)]
    [InlineData(float.MaxValue, true)]
    [InlineData(float.NaN, false)]
    [InlineData(float.NegativeInfinity, false)]
    public void Floats_AreFiniteWhenAllAre(float value, bool finite)
        => Assert.Equal(finite, Tensor.FromFloats([3], [0, value, 2]).HoldsFiniteFloats());

    [Fact]
    public void Integers_AreNoFloats()
        => Assert.False(Tensor.FromIntegers(TensorType.I16, [2], [short.MinValue, short.MaxValue]).HoldsFiniteFloats());
}
