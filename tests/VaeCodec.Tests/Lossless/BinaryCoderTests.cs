using System.Buffers;
using VaeCodec.Lossless;

namespace VaeCodec.Tests.Lossless;

public class BinaryCoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(65535)]
    [InlineData(32768)]
    [InlineData(0)]
    public void Decisions_ComeBack_WhateverTheirProbability(int probability)
    {
        Random random = new(probability);
        (int Bit, int Probability)[] decisions = new (int, int)[5000];
        for (int i = 0; i < decisions.Length; i++)
        {
            int likely = probability == 0 ? random.Next(1, 65536) : probability;
            decisions[i] = (random.Next(65536) < likely == (i % 50 != 0) ? 1 : 0, likely);
        }

        byte[] coded = Encode(decisions);
        BinaryDecoder decoder = new(coded);
        foreach ((int bit, int likely) in decisions)
        {
            Assert.Equal(bit, decoder.Code(0, likely));
        }

        Assert.True(decoder.IsAtEnd);
        Assert.False(decoder.IsBehindEnd);
    }

    [Fact]
    public void TheLength_IsThatOfTheProbabilities()
    {
        double bits = 0;
        Random random = new(7);
        (int, int)[] decisions = new (int, int)[40_000];
        for (int i = 0; i < decisions.Length; i++)
        {
            int likely = random.Next(300, 65200), bit = random.Next(65536) < likely ? 1 : 0;
            decisions[i] = (bit, likely);
            bits -= Math.Log2((bit == 1 ? likely : 65536 - likely) / 65536.0);
        }

        Assert.InRange(Encode(decisions).Length, bits / 8, (bits / 8 * 1.001) + 8);
    }

    [Fact]
    public void MissingAndSurplusBytes_AreSeen()
    {
        byte[] coded = Encode([.. Enumerable.Range(0, 100).Select(i => (i % 2, 30000))]);
        foreach (byte[] other in (byte[][])[coded[..^1], [.. coded, 0]])
        {
            BinaryDecoder decoder = new(other);
            for (int i = 0; i < 100; i++)
            {
                decoder.Code(0, 30000);
            }

            Assert.False(decoder.IsAtEnd);
        }
    }

    [Fact]
    public void Squash_IsTheLogisticFunction_AndStretchItsInverse()
    {
        for (int x = -2047; x <= 2047; x++)
        {
            double exact = 65536 / (1 + Math.Exp(-x / 256.0));
            Assert.InRange(Logistic.Squash(x) - exact, -420, 420);
            Assert.True(x == -2047 || Logistic.Squash(x) >= Logistic.Squash(x - 1));
        }

        for (uint probability = 1; probability < 4096; probability++)
        {
            int x = Logistic.Stretch(probability);
            Assert.True(x == 2047 || Logistic.Squash(x) >> 4 >= (int)probability);
            Assert.True(x == -2047 || Logistic.Squash(x - 1) >> 4 < (int)probability);
        }

        Assert.Equal((Logistic.Squash(-2047), Logistic.Squash(2047)), (Logistic.Squash(int.MinValue), Logistic.Squash(int.MaxValue)));
    }

    private static byte[] Encode((int Bit, int Probability)[] decisions)
    {
        ArrayBufferWriter<byte> output = new();
        BinaryEncoder encoder = new(output);
        foreach ((int bit, int probability) in decisions)
        {
            encoder.Code(bit, probability);
        }

        encoder.Finish();
        return output.WrittenSpan.ToArray();
    }
}
