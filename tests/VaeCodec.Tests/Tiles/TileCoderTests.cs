using VaeCodec.Models.Cpu;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Tiles;

public class TileCoderTests
{
    private static readonly TileArea[] s_areas = [new(0, 0, 4, 4), new(0, 0, 16, 16), new(0, 0, 8, 12), new(0, 0, 16, 4)];

    [Fact]
    public void RandomLatents_ComeBack_SymbolsAndValuesTheSame()
    {
        using TileLatentCoder encoder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16)), decoder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16));
        TileEntropyCoder writer = new(SmallModel.Instance), reader = new(SmallModel.Instance);
        int seed = 0;
        foreach (int quality in (int[])[1, 37, 100, 2])
        {
            foreach (TileArea area in s_areas)
            {
                byte[] stream = Encode(encoder, writer, area, quality, ++seed, seed % 4 == 0 ? 4000 : 2);
                Scramble(decoder.Buffers);
                Assert.True(reader.TryDecode(stream, decoder, area, quality));
                decoder.Reconstruct(area, quality);
                AssertSame(encoder.Buffers, decoder.Buffers, area);
            }
        }
    }

    [Fact]
    public void EveryPath_GivesTheSameStream_AndDecodesThatOfAnyOther()
    {
        CpuPath[] paths = [.. Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported)];
        byte[]? first = null;
        float[]? decoded = null;
        TileArea area = s_areas[1];
        foreach (CpuPath path in paths)
        {
            VaeModel model = VaeModel.Load(SmallModel.File, path);
            using TileLatentCoder coder = new(model, new TileArea(0, 0, 16, 16));
            TileEntropyCoder entropy = new(model);
            byte[] stream = Encode(coder, entropy, area, 60, 9, 2);
            first ??= stream;
            Assert.Equal(first, stream);
            Scramble(coder.Buffers);
            Assert.True(entropy.TryDecode(first, coder, area, 60));
            coder.Reconstruct(area, 60);
            decoded ??= [.. coder.Buffers.Decoded];
            Assert.Equal(decoded.Select(BitConverter.SingleToInt32Bits), coder.Buffers.Decoded.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void AfterTheFirstTile_DecodingAllocatesNothing()
    {
        using TileLatentCoder coder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16));
        TileEntropyCoder entropy = new(SmallModel.Instance);
        byte[] stream = Encode(coder, entropy, s_areas[1], 50, 4, 2);
        long before = 0;
        for (int tile = 0; tile < 3; tile++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(entropy.TryDecode(stream, coder, s_areas[1], 50));
            coder.Reconstruct(s_areas[1], 50);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void AfterTheFirstTile_EncodingAllocatesItsBytesAndNoMore()
    {
        using TileLatentCoder coder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16));
        TileEntropyCoder entropy = new(SmallModel.Instance);
        Encode(coder, entropy, s_areas[1], 50, 4, 2);
        float[] latents = [.. coder.Buffers.Latents];
        long allocated = 0;
        int length = 0;
        for (int tile = 0; tile < 3; tile++)
        {
            latents.CopyTo(coder.Buffers.Latents, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            coder.Quantise(s_areas[1], 50, true);
            length = entropy.Encode(coder.Buffers, s_areas[1], 50).Length;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(allocated, length, length + 64);
    }

    [Fact]
    public void Residuals_AreAtMostAHalf_UnlessClamped()
    {
        using TileLatentCoder coder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16));
        TileArea area = s_areas[1];
        Encode(coder, new TileEntropyCoder(SmallModel.Instance), area, 50, 3, 2);
        for (int i = 0; i < coder.Buffers.Count(area); i++)
        {
            Assert.InRange(coder.Buffers.Decoded[i] - coder.Buffers.Latents[i], -0.5001f, 0.5001f);
        }
    }

    [Fact]
    public void LatentsBeyondTheRange_AreClamped_AndStillComeBack()
    {
        using TileLatentCoder encoder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16)), decoder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16));
        TileEntropyCoder entropy = new(SmallModel.Instance);
        TileArea area = s_areas[0];
        float[] extreme = [1e30f, -1e30f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 40000, -40000];
        for (int i = 0; i < encoder.Buffers.Count(area); i++)
        {
            encoder.Buffers.Latents[i] = extreme[i % extreme.Length];
        }

        encoder.Quantise(area, 100, false);
        byte[] stream = entropy.Encode(encoder.Buffers, area, 100);
        Assert.True(entropy.TryDecode(stream, decoder, area, 100));
        decoder.Reconstruct(area, 100);
        AssertSame(encoder.Buffers, decoder.Buffers, area);
        Assert.All(decoder.Buffers.Decoded[..decoder.Buffers.Count(area)], value => Assert.True(MathF.Abs(value) <= 65535));
    }

    [Fact]
    public void ChangedStreams_AreRefusedOrGiveOtherSymbols_AndNeverThrow()
    {
        using TileLatentCoder encoder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16)), decoder = new(SmallModel.Instance, new TileArea(0, 0, 16, 16));
        TileEntropyCoder entropy = new(SmallModel.Instance);
        TileArea area = s_areas[2];
        byte[] stream = Encode(encoder, entropy, area, 40, 5, 2);
        uint checksum = Checksum(encoder.Buffers, area);
        int refused = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            byte[] damaged = (byte[])stream.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            damaged = seed % 3 == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
            if (entropy.TryDecode(damaged, decoder, area, 40))
            {
                Assert.NotEqual(checksum, Checksum(decoder.Buffers, area));
            }
            else
            {
                refused++;
            }
        }

        Assert.InRange(refused, 270, 300);
    }

    [Fact]
    public void TheChecksum_SeesEverySymbol()
    {
        sbyte[] z = [1, -2, 3];
        short[] q = [100, -200, 300];
        uint checksum = TileEntropyCoder.Checksum(z, q);
        for (int i = 0; i < 3; i++)
        {
            z[i]++;
            Assert.NotEqual(checksum, TileEntropyCoder.Checksum(z, q));
            z[i]--;
            q[i]++;
            Assert.NotEqual(checksum, TileEntropyCoder.Checksum(z, q));
            q[i]--;
        }

        Assert.Equal(checksum, TileEntropyCoder.Checksum(z, q));
    }

    [Theory]
    [InlineData(1, 1, 0, 0, 0, 0, 4, 4)]
    [InlineData(256, 256, 0, 0, 0, 0, 16, 16)]
    [InlineData(257, 700, 1, 2, 16, 32, 4, 12)]
    [InlineData(1000, 300, 3, 0, 48, 0, 16, 16)]
    public void Areas_CoverThePaddedPicture(int width, int height, int tileColumn, int tileRow, int column, int row, int areaWidth, int areaHeight)
        => Assert.Equal(new TileArea(column, row, areaWidth, areaHeight), TileArea.Of(tileColumn, tileRow, 256, width, height));

    private static byte[] Encode(TileLatentCoder coder, TileEntropyCoder entropy, TileArea area, int quality, int seed, float scale)
    {
        Random random = new(seed);
        for (int i = 0; i < coder.Buffers.Count(area); i++)
        {
            coder.Buffers.Latents[i] = (random.NextSingle() - 0.5f) * scale * (random.Next(6) == 0 ? 10 : 1);
        }

        coder.Quantise(area, quality, false);
        return entropy.Encode(coder.Buffers, area, quality);
    }

    private static uint Checksum(TileBuffers buffers, TileArea area)
        => TileEntropyCoder.Checksum(buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area)), buffers.Symbols.AsSpan(0, buffers.Count(area)));

    private static void Scramble(TileBuffers buffers)
    {
        Array.Fill(buffers.HyperLatents, (sbyte)77);
        Array.Fill(buffers.Symbols, (short)777);
        Array.Fill(buffers.LogScales, (short)777);
        Array.Fill(buffers.Decoded, 777f);
        Array.Fill(buffers.Corrections, 777f);
    }

    private static void AssertSame(TileBuffers expected, TileBuffers actual, TileArea area)
    {
        int count = expected.Count(area), hyperCount = expected.HyperCount(area);
        Assert.Equal(expected.HyperLatents[..hyperCount], actual.HyperLatents[..hyperCount]);
        Assert.Equal(expected.Symbols[..count], actual.Symbols[..count]);
        Assert.Equal(expected.Decoded[..count].Select(BitConverter.SingleToInt32Bits), actual.Decoded[..count].Select(BitConverter.SingleToInt32Bits));
    }
}
