using VaeCodec.Models.Bundle;

namespace VaeCodec.Models.Tests.Bundle;

public class CdfTableTests
{
    [Fact]
    public void ATable_GivesItsFrequenciesBack()
    {
        int[] frequencies = [1, 65000, 500, 35];
        CdfTable table = new(-3, frequencies);
        Assert.Equal(-3, table.First);
        Assert.Equal(3, table.SymbolCount);
        Assert.Equal([0, 1, 65001, 65501], table.Starts.ToArray());
        Assert.Equal(frequencies, Enumerable.Range(0, 4).Select(table.Frequency));
    }

    [Fact]
    public void FrequenciesThatOverflowTheSum_AreRefused()
        => Assert.Throws<ModelFileException>(() => new CdfTable(-1, [1, int.MaxValue, int.MaxValue, 65537]));

    [Fact]
    public void RandomTables_AreContiguous()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            int[] frequencies = [.. Enumerable.Repeat(1, random.Next(2, 3000))];
            for (int left = CdfTable.Total - frequencies.Length; left > 0;)
            {
                int share = random.Next(1, Math.Min(left, 5000) + 1);
                frequencies[random.Next(frequencies.Length)] += share;
                left -= share;
            }

            CdfTable table = new(random.Next(-100, 100), frequencies);
            int start = 0;
            for (int entry = 0; entry <= table.SymbolCount; entry++)
            {
                Assert.Equal(start, table.Starts[entry]);
                Assert.Equal(frequencies[entry], table.Frequency(entry));
                start += table.Frequency(entry);
            }

            Assert.Equal(CdfTable.Total, start);
        }
    }

    [Fact]
    public void TheLargestAndTheSmallestTable_AreAccepted()
    {
        Assert.Equal(1, new CdfTable(0, [65535, 1]).SymbolCount);
        CdfTable all = new(-8192, [.. Enumerable.Repeat(1, 65536)]);
        Assert.Equal(65535, all.SymbolCount);
        Assert.Equal(1, all.Frequency(65535));
    }

    public static TheoryData<int[]> BadTables => new(
        [],
        [65536],
        [65535, 0],
        [0, 65536],
        [65536, 1],
        [65537, -1],
        [-1, 65537],
        [32768, 32767],
        [32768, 32769],
        [int.MaxValue, int.MaxValue],
        [1, int.MaxValue],
        [1, int.MaxValue, int.MinValue],
        [.. Enumerable.Repeat(1, 65537)]);

    [Theory]
    [MemberData(nameof(BadTables), DisableDiscoveryEnumeration = true)]
    public void TablesThatDoNotSumUp_AreRefused(int[] frequencies) => Assert.Throws<ModelFileException>(() => new CdfTable(0, frequencies));
}
