using VaeCodec.Targets;
using Xunit;

namespace VaeCodec.Tests.Targets;

public class QualityBracketTests
{
    /// <summary>Even, bent and stepped curves, and values everywhere on and off them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FindsTheTwoQualitiesAroundAValue(int kind)
    {
        double[] measures = [.. Enumerable.Range(0, 102).Select(q => kind switch { 0 => 5 + (0.03 * q), 1 => Math.Log(1 + (q * (double)q)), _ => 8.0 + (q / 10) })];
        for (double wanted = measures[1] - 0.5; wanted < measures[100] + 0.5; wanted += 0.037)
        {
            QualityBracket bracket = new(wanted, 50, 0.03);
            int trials = 0;
            while (!bracket.IsClosed)
            {
                int quality = bracket.Next();
                Assert.InRange(quality, bracket.Below + 1, bracket.Above - 1);
                bracket.Add(quality, measures[quality], measures[quality] > wanted);
                trials++;
            }

            Assert.Equal(Enumerable.Range(1, 100).Count(q => measures[q] <= wanted), bracket.Below);
            Assert.InRange(trials, 1, kind == 0 ? 4 : 18);
        }
    }

    [Fact]
    public void EndsWhereTheMeasureDoesNotGrow()
    {
        Random random = new(5);
        for (int run = 0; run < 200; run++)
        {
            QualityBracket bracket = new(1, 50, 0.03);
            int trials = 0;
            while (!bracket.IsClosed)
            {
                double measure = random.Next(4) switch { 0 => double.PositiveInfinity, 1 => 1, _ => 2 * random.NextDouble() };
                bracket.Add(bracket.Next(), measure, measure > 1);
                Assert.True(++trials <= 18);
            }
        }
    }
}
