using VaeCodec.Entropy;
using VaeCodec.Models.Bundle;
using VaeCodec.Refinement;

namespace VaeCodec.Tests.Refinement;

public class SymbolCostsTests
{
    /// <summary>The entropy coder is the judge: many of a symbol take so many bits.</summary>
    [Fact]
    public void Costs_AreThoseOfTheCoder()
    {
        CdfTable table = new(-2, [3000, 9000, 40000, 9000, 3000, 1536]);
        SymbolCosts costs = new([table]);
        const int count = 4000;
        for (int symbol = -40; symbol <= 40; symbol++)
        {
            RansEncoder encoder = new();
            for (int i = 0; i < count; i++)
            {
                encoder.Put(table, symbol);
            }

            double bits = 8.0 * (encoder.Finish().Length - RansConstants.StateBytes) / count;
            Assert.True(Math.Abs(bits - costs[0, symbol]) < 0.02, $"{symbol}: {bits} bits, {costs[0, symbol]} by the table");
        }
    }
}
