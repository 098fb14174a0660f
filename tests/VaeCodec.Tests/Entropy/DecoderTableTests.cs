using VaeCodec.Entropy;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Tests.Entropy;

public class DecoderTableTests
{
    [Fact]
    public void Find_EqualsALinearSearch_ForEverySlot()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Check(RandomTables.Create(new Random(seed)));
        }

        Check(new CdfTable(0, [65535, 1]));
        Check(new CdfTable(0, [1, 65535]));
        Check(new CdfTable(-8191, [.. Enumerable.Repeat(4, 16383), 65536 - (4 * 16383)]));
        Check(new CdfTable(-128, [.. Enumerable.Repeat(256, 256)]));
    }

    private static void Check(CdfTable table)
    {
        DecoderTable index = new(table);
        Assert.Same(table, index.Table);
        int entry = 0;
        for (int slot = 0; slot < CdfTable.Total; slot++)
        {
            while (slot >= table.Starts[entry] + table.Frequency(entry))
            {
                entry++;
            }

            if (index.Find(slot) != entry)
            {
                Assert.Fail($"Slot {slot} is entry {entry}, not {index.Find(slot)}.");
            }
        }
    }
}
