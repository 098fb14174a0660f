using VaeCodec.Entropy;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Tests.Entropy;

public class RansTests
{
    private const int Limit = 32767;

    [Fact]
    public void RandomSymbolsOfRandomTables_ComeBack()
    {
        RansEncoder encoder = new();
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            (CdfTable Table, int Symbol)[] message = Message(random, random.Next(0, 3000), seed % 5 == 0);
            byte[] stream = Encode(encoder, message);
            RansDecoder decoder = new(stream);
            foreach ((CdfTable table, int symbol) in message)
            {
                Assert.Equal(symbol, decoder.Get(new DecoderTable(table), Limit));
            }

            Assert.True(decoder.IsAtEnd);
        }
    }

    [Fact]
    public void NoSymbol_IsSixteenBytes_AndOneSymbolHardlyMore()
    {
        RansEncoder encoder = new();
        byte[] empty = encoder.Finish();
        Assert.Equal(16, empty.Length);
        Assert.True(new RansDecoder(empty).IsAtEnd);
        CdfTable table = new(0, [65535, 1]);
        encoder.Put(table, 0);
        byte[] one = encoder.Finish();
        Assert.Equal(16, one.Length);
        RansDecoder decoder = new(one);
        Assert.False(decoder.IsAtEnd);
        Assert.Equal(0, decoder.Get(new DecoderTable(table), Limit));
        Assert.True(decoder.IsAtEnd);
    }

    [Fact]
    public void EscapesOfEveryMagnitude_ComeBack()
    {
        CdfTable[] tables = [new(0, [65535, 1]), new(-8191, [.. Enumerable.Repeat(1, 16383), 65536 - 16383]), new(100, [1, 65535]), new(-127, [65535, 1])];
        foreach (CdfTable table in tables)
        {
            RansEncoder encoder = new();
            List<int> symbols = [];
            for (int bit = 0; bit < 15; bit++)
            {
                symbols.AddRange([1 << bit, -(1 << bit), (1 << bit) + 1, (1 << bit) - 1, -(1 << bit) - 1, 1 - (1 << bit)]);
            }

            symbols.AddRange([Limit, -Limit, 0]);
            symbols.ForEach(symbol => encoder.Put(table, symbol));
            RansDecoder decoder = new(encoder.Finish());
            DecoderTable index = new(table);
            foreach (int symbol in symbols)
            {
                Assert.Equal(symbol, decoder.Get(index, Limit));
            }

            Assert.True(decoder.IsAtEnd);
        }
    }

    [Fact]
    public void EscapesBeyondTheLimit_Fail()
    {
        CdfTable table = new(0, [65535, 1]);
        RansEncoder encoder = new();
        encoder.Put(table, 128);
        byte[] stream = encoder.Finish();
        RansDecoder wide = new(stream), narrow = new(stream);
        Assert.Equal(128, wide.Get(new DecoderTable(table), 128));
        Assert.Equal(0, narrow.Get(new DecoderTable(table), 127));
        Assert.True(narrow.Failed);
        Assert.False(narrow.IsAtEnd);
    }

    [Fact]
    public void RawBits_ComeBack()
    {
        Random random = new(1);
        (int Value, int Bits)[] message = [.. Enumerable.Range(0, 5000).Select(_ => random.Next(1, 16)).Select(bits => (random.Next(1 << bits), bits))];
        RansEncoder encoder = new();
        foreach ((int value, int bits) in message)
        {
            encoder.PutBits(value, bits);
        }

        byte[] stream = encoder.Finish();
        Assert.InRange(stream.Length, message.Sum(item => item.Bits) / 8, (message.Sum(item => item.Bits) / 8) + 24);
        RansDecoder decoder = new(stream);
        foreach ((int value, int bits) in message)
        {
            Assert.Equal(value, decoder.GetBits(bits));
        }

        Assert.True(decoder.IsAtEnd);
    }

    [Fact]
    public void LongMessages_CostWhatTheirProbabilitiesSay()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            Random random = new(seed);
            CdfTable[] tables = [.. Enumerable.Range(0, 20).Select(_ => RandomTables.Create(random))];
            (CdfTable Table, int Symbol)[] message = [.. Enumerable.Range(0, 60_000).Select(_ => tables[random.Next(20)]).Select(table => (table, RandomTables.Symbol(table, random)))];
            double ideal = message.Sum(item => RandomTables.IdealBits(item.Table, item.Symbol)) / 8;
            int coded = Encode(new RansEncoder(), message).Length;
            Assert.InRange(coded, ideal - 1, (ideal * 1.001) + 24);
        }
    }

    [Fact]
    public void VeryProbableSymbols_CostNextToNothing()
    {
        CdfTable table = new(0, [65535, 1]);
        RansEncoder encoder = new();
        for (int i = 0; i < 100_000; i++)
        {
            encoder.Put(table, 0);
        }

        // 100,000 times log2(65536 / 65535) are 2.2 bits.
        Assert.InRange(encoder.Finish().Length, 16, 20);
    }

    [Fact]
    public void TruncationExtraWordsAndMostFlippedBits_AreNoticed()
    {
        int unnoticed = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            (CdfTable Table, int Symbol)[] message = Message(random, 300, false);
            DecoderTable[] tables = [.. message.Select(item => new DecoderTable(item.Table))];
            byte[] stream = Encode(new RansEncoder(), message);
            Assert.True(IsSound(stream, tables));
            Assert.False(IsSound(stream[..^4], tables), "A word is missing.");
            Assert.False(IsSound(stream[..^1], tables), "A byte is missing.");
            Assert.False(IsSound([.. stream, 0, 0, 0, 0], tables), "A word is too many.");
            Assert.False(IsSound([.. stream[..16], 1, 2, 3, 4, .. stream[16..]], tables), "A word is in between.");
            for (int flips = 0; flips < 40; flips++)
            {
                byte[] damaged = (byte[])stream.Clone();
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                if (IsSound(damaged, tables))
                {
                    // A code without redundancy: the flip may give another sound message, never the same one.
                    // That is what the checksum of a tile's symbols is for.
                    unnoticed++;
                    RansDecoder decoder = new(damaged);
                    bool same = true;
                    for (int i = 0; i < tables.Length; i++)
                    {
                        same &= decoder.Get(tables[i], Limit) == message[i].Symbol;
                    }

                    Assert.False(same, $"Seed {seed}: a flipped bit changed nothing.");
                }
            }
        }

        Assert.InRange(unnoticed, 0, 60 * 40 / 4);
    }

    [Fact]
    public void RandomBytes_NeverThrow_AndAreNeverSound()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            Random random = new(seed);
            byte[] stream = new byte[random.Next(0, 200)];
            random.NextBytes(stream);
            if (seed % 2 == 0 && stream.Length >= 16)
            {
                // States in range, so that decoding really starts.
                stream = stream[..(stream.Length / 4 * 4)];
                stream[7] &= 0x7F;
                stream[15] &= 0x7F;
            }

            DecoderTable[] tables = [.. Enumerable.Range(0, 5).Select(_ => new DecoderTable(RandomTables.Create(random)))];
            RansDecoder decoder = new(stream);
            for (int i = 0; i < 400; i++)
            {
                Assert.InRange(decoder.Get(tables[i % 5], Limit), -Limit, Limit);
                Assert.InRange(decoder.GetBits(1 + (i % 15)), 0, Limit);
            }

            Assert.False(decoder.IsAtEnd);
        }
    }

    [Fact]
    public void Clear_ForgetsTheLastMessage()
    {
        CdfTable table = new(0, [30000, 30000, 5536]);
        RansEncoder encoder = new();
        encoder.Put(table, 1);
        byte[] first = encoder.Finish();
        encoder.Clear();
        encoder.Put(table, 1);
        Assert.Equal(first, encoder.Finish());
    }

    private static (CdfTable Table, int Symbol)[] Message(Random random, int length, bool onlyEscapes)
    {
        CdfTable[] tables = [.. Enumerable.Range(0, 6).Select(_ => RandomTables.Create(random))];
        return [.. Enumerable.Range(0, length).Select(_ => tables[random.Next(6)]).Select(table => (table, onlyEscapes ? RandomTables.Escaped(table, random) : RandomTables.Symbol(table, random)))];
    }

    private static byte[] Encode(RansEncoder encoder, (CdfTable Table, int Symbol)[] message)
    {
        encoder.Clear();
        foreach ((CdfTable table, int symbol) in message)
        {
            encoder.Put(table, symbol);
        }

        return encoder.Finish();
    }

    private static bool IsSound(byte[] stream, DecoderTable[] tables)
    {
        RansDecoder decoder = new(stream);
        foreach (DecoderTable table in tables)
        {
            decoder.Get(table, Limit);
        }

        return decoder.IsAtEnd;
    }
}
