using VaeCodec.Entropy;

namespace VaeCodec.Tests.Entropy;

public class ReciprocalTests
{
    [Fact]
    public void EveryFrequency_DividesAsDivisionDoes()
    {
        Random random = new(1);
        for (uint frequency = 1; frequency <= 65536; frequency++)
        {
            Reciprocal reciprocal = Reciprocal.All[frequency];
            Assert.Equal(Reciprocal.Of(frequency), reciprocal);
            ulong most = ulong.MaxValue >> 1, multiple = most / frequency * frequency;
            ulong some = (ulong)random.NextInt64(), product = some / frequency * frequency;
            foreach (ulong state in (ulong[])[0, 1, frequency - 1, frequency, most, multiple, multiple - 1, 1UL << 31, (1UL << 31) - 1, some, product, product == 0 ? 0 : product - 1])
            {
                if (state / frequency != reciprocal.Divide(state))
                {
                    Assert.Fail($"{state} / {frequency} came out as {reciprocal.Divide(state)}.");
                }
            }
        }
    }
}
