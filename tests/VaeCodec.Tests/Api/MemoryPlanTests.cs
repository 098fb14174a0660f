using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Standard;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Api;

/// <summary>What is decided by memory: the same on every processor and with any number of threads.</summary>
public class MemoryPlanTests
{
    public static TheoryData<CpuPath> Paths { get; } = [.. Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Sums_AreThoseOfEveryVectorWidth(CpuPath path)
    {
        byte[] file = StandardModel.Read()!;
        VaeModel model = VaeModel.Load(file, path), widest = VaeModel.Load(file, CpuPaths.Widest);
        foreach (int width in (int[])[1, 700, 4000, 12000])
        {
            PictureDescription picture = new(width, 3000, PixelLayout.Rgba32);
            Assert.Equal(Sums(widest), Sums(model));

            long[] Sums(VaeModel of) =>
            [
                CodecMemory.EncodeBytes(of, picture, new VaeEncoderOptions { Effort = 1 }, 1),
                CodecMemory.EncodeBytes(of, picture, new VaeEncoderOptions { Effort = 2 }, 2),
                CodecMemory.EncodeBytes(of, picture, new VaeEncoderOptions { Effort = 3 }, 1),
                TileChoice.Bytes(of, picture, 1024, 1, 1),
                CodecMemory.DecodeBytes(of, picture, 512, 1, 1),
                CodecMemory.DecodeBytes(of, picture, 512, 4, 1),
                SampleTiles.Bytes(picture, 512, 1, SynthesisTransform.Lag(of.Cpu)),
            ];
        }
    }

    /// <summary>What is written can be read by the same limit: a decode takes more than an encode of effort 1, and samples in it more than those of an encode.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnEncodeLeavesRoomForItsDecode(int effort)
    {
        int refused = 0, planned = 0;
        foreach (PixelLayout layout in (PixelLayout[])[PixelLayout.Rgb24, PixelLayout.Rgba64, PixelLayout.Gray8])
        {
            for (int width = 2000; width < 40_000; width += 1900)
            {
                PictureDescription picture = new(width, 4000, layout);
                foreach (int tileSize in (int[])[512, 1536])
                {
                    VaeEncoderOptions options = new() { Effort = effort, TileSize = tileSize };
                    long encode = CodecMemory.EncodeBytes(VaeModel.Standard, picture, options, 1), decode = CodecMemory.DecodeBytes(VaeModel.Standard, picture, tileSize, 1, 1);
                    foreach (long most in (long[])[encode, decode, Math.Max(encode, decode), 2 * Math.Max(encode, decode)])
                    {
                        VaeEncoderOptions limited = options with { Limits = new VaeLimits { MaxMemoryBytes = most } };
                        if (most < Math.Max(encode, decode))
                        {
                            Assert.Throws<VaeLimitException>(() => CodecMemory.PlanEncode(VaeModel.Standard, picture, limited, 1, 0));
                            refused++;
                            continue;
                        }

                        bool samples = CodecMemory.PlanEncode(VaeModel.Standard, picture, limited, 1, 0).HasRoomForSamples;
                        Assert.True(!samples || decode + CodecMemory.MixedBytes(VaeModel.Standard, picture, tileSize, 1, 1) <= most);
                        planned += samples ? 1 : 0;
                    }
                }
            }
        }

        Assert.True(refused > 0 && (planned > 0 || effort == 1));
    }

    /// <summary>Large tiles are for pages, and pages are nothing without a choice: from effort 3 on the search alone takes 1.6 GiB at 1536 pixels.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void LargeTiles_LeaveRoomForTheChoice(int effort)
    {
        int large = 0;
        foreach (PixelLayout layout in (PixelLayout[])[PixelLayout.Rgb24, PixelLayout.Rgba32])
        {
            foreach (long most in (long[])[150L << 20, 240L << 20, 370L << 20, 2L << 30])
            {
                for (int width = 1025; width < 9000; width += 61)
                {
                    PictureDescription picture = new(width, 4000, layout);
                    VaeEncoderOptions options = new() { Effort = effort, Limits = new VaeLimits { MaxMemoryBytes = most } }, larger = options with { TileSize = PageTiles.Side(width) };
                    if (CodecMemory.FitsEncode(VaeModel.Standard, picture, larger))
                    {
                        large++;
                        Assert.True(CodecMemory.PlanEncode(VaeModel.Standard, picture, larger, 1, PageTiles.HeldBytes(picture)).HasRoomForSamples);
                    }
                }
            }
        }

        Assert.True(large > 20);
    }

    /// <summary>However much memory is allowed.</summary>
    [Fact]
    public async Task WhatNoArrayHolds_IsOverALimit()
    {
        VaeLimits none = new() { MaxSide = int.MaxValue, MaxPixels = long.MaxValue, MaxMemoryBytes = long.MaxValue };
        (PictureDescription small, byte[] pixels) = TestPicture.Create(64, 64);
        VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(VaeEncoder.Encode(small, pixels, SmallModel.Encoding())));

        // A band of pixels.
        PictureDescription wide = new(1 << 27, 64, PixelLayout.Rgb24);
        Assert.Throws<VaeLimitException>(() => CodecMemory.PlanEncode(SmallModel.Instance, wide, SmallModel.Encoding() with { Limits = none }, 1, 0));
        Assert.Throws<VaeLimitException>(() => CodecMemory.PlanDecode(SmallModel.Instance, info with { Picture = wide }, 1, 1, none));

        // More tiles than a file holds, seen before a row is read.
        PictureDescription tall = new(8, 256 * 65_536, PixelLayout.Gray8);
        Task Encode(int tileSize) => VaeEncoder.EncodeAsync(new FaultySource(tall, 0, new InvalidTimeZoneException()), new MemoryStream(), SmallModel.Encoding(50, tileSize) with { Limits = none });
        Assert.Contains("larger tiles", (await Assert.ThrowsAsync<VaeLimitException>(() => Encode(256))).Message, StringComparison.Ordinal);
    }

    /// <summary>A narrower picture may take more than a wider one, for more of its rows are computed at a time. Of what is seen of a part as many are as of its tiles.</summary>
    [Fact]
    public void WhatIsSeenOfAPart_TakesNoMoreThanItsTiles()
    {
        VaeModel model = VaeModel.Standard;
        using WorkerTeam team = new(1);
        Assert.True(SynthesisTransform.Bytes(model.Cpu, 4096, 512, 1) > SynthesisTransform.Bytes(model.Cpu, 4352, 512, 1));
        using SynthesisTransform wide = new(model.Cpu, team), planned = new(model.Cpu, team), alone = new(model.Cpu, team);
        wide.Begin(4352, 512, 3);
        planned.Begin(4096, 512, 3, 8, 4352);
        alone.Begin(4096, 512, 3);
        Assert.Equal(wide.LatentRowsWanted, planned.LatentRowsWanted);
        Assert.True(alone.LatentRowsWanted > planned.LatentRowsWanted);
    }

    /// <summary>What decodes with little memory decodes with more: room is set aside for tiles of samples only where there is enough for all else.</summary>
    [Fact]
    public async Task MoreMemory_RefusesNothing()
    {
        (PictureDescription small, byte[] pixels) = TestPicture.Create(64, 64);
        VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(VaeEncoder.Encode(small, pixels, SmallModel.Encoding())));
        info = info with { Picture = new(4352, 4000, PixelLayout.Rgb24), MixedTiles = true };
        long networks = CodecMemory.DecodeBytes(SmallModel.Instance, info.Picture, info.TileSize, 1, 1), samples = CodecMemory.MixedBytes(SmallModel.Instance, info.Picture, info.TileSize, 1, 1), band = 96L * info.Picture.RowBytes;
        bool[] plans = [.. Enumerable.Range(0, 41).Select(i => networks - band + (i * (samples + (3 * band)) / 40)).Select(bytes => Plans(bytes))];
        Assert.Equal(plans.Order(), plans);
        Assert.Equal([false, true], plans.Distinct());

        bool Plans(long bytes)
        {
            try
            {
                CodecMemory.PlanDecode(SmallModel.Instance, info, 1, 1, new VaeLimits { MaxMemoryBytes = bytes }, isCut: true);
                return true;
            }
            catch (VaeLimitException)
            {
                return false;
            }
        }
    }

    /// <summary>The sum of an encode counts the networks of the decoder, which photographs never run.</summary>
    [Fact]
    public void Photographs_DoNotPrepareTheDecoder()
    {
        VaeModel model = VaeModel.Load(SmallModel.File);
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(200, 120);
        byte[] file = VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Model = model });
        Assert.False(model.Cpu.HasSynthesis);
        Assert.Equal(pixels.Length, VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model] }).Pixels.Length);
        Assert.True(model.Cpu.HasSynthesis);
    }

    /// <summary>Noise takes more than its samples, and what is set aside for it is not what threads leave.</summary>
    [Theory]
    [InlineData(1400, 300, 1024, PixelLayout.Rgb24)]
    [InlineData(600, 40, 256, PixelLayout.Rgba64)]
    [InlineData(5, 1, 256, PixelLayout.Gray8)]
    public void Noise_IsDecodedWhereItWasEncoded_WithAnyNumberOfThreads(int width, int height, int tileSize, PixelLayout layout)
    {
        PictureDescription picture = new(width, height, layout);
        byte[] pixels = new byte[picture.RowBytes * height];
        new Random(4).NextBytes(pixels);
        long least = 0;
        for (long step = 1L << 32; step > 0; step >>= 1)
        {
            least += Fits(least + step) ? 0 : step;
        }

        least++;
        Assert.Throws<VaeLimitException>(() => Encode(least - 1, 1));
        byte[] file = Encode(least, 1);
        foreach (long room in (long[])[0, LosslessWorkerPool.Bytes(picture, tileSize, 1), 2 * LosslessWorkerPool.Bytes(picture, tileSize, 1)])
        {
            Assert.Equal(file, Encode(least + room, 3));
            foreach (int threads in (int[])[1, 2, 3])
            {
                VaeDecoderOptions decoding = new() { Threads = threads, Limits = new VaeLimits { MaxMemoryBytes = least + room } };
                Assert.Equal(pixels, VaeDecoder.Decode(file, decoding).Pixels);
            }
        }

        bool Fits(long most)
        {
            try
            {
                return CodecMemory.PlanLossless(picture, tileSize, 1, new VaeLimits { MaxMemoryBytes = most }).Threads == 1;
            }
            catch (VaeLimitException)
            {
                return false;
            }
        }

        byte[] Encode(long most, int threads)
            => VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Lossless = true, TileSize = tileSize, Threads = threads, Limits = new VaeLimits { MaxMemoryBytes = most } });
    }

    /// <summary>Alpha and tiles of samples take coded bytes, too, and these are not what threads leave either.</summary>
    [Theory]
    [InlineData(PixelLayout.Rgba64, 1)]
    [InlineData(PixelLayout.Rgba64, 2)]
    [InlineData(PixelLayout.GrayAlpha32, 1)]
    [InlineData(PixelLayout.Rgb24, 2)]
    public async Task NoiseBesideNetworks_IsDecodedAtTheLeastLimit_WithAnyNumberOfThreads(PixelLayout layout, int effort)
    {
        VaeModel model = VaeModel.Load(SmallModel.File);
        PictureDescription picture = new(600, 300, layout);
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        new Random(4).NextBytes(pixels);
        byte[] file = VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Model = model, Quality = 100, Effort = effort, TileSize = 256 });
        VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(file));
        Assert.Equal(effort > 1, info.MixedTiles);
        byte[] expected = VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model] }).Pixels;
        long least = 0;
        for (long step = 1L << 32; step > 0; step >>= 1)
        {
            least += Fits(least + step) ? 0 : step;
        }

        least++;
        foreach (int threads in (int[])[1, 2, 3])
        {
            Assert.Equal(expected, Decode(least, threads));
        }

        // Noise is coded by networks even where tiles may be samples, and then needs no room for these.
        least = CodecMemory.DecodeBytes(model, picture, 256, 1, 1);
        Assert.Throws<VaeLimitException>(() => Decode(least - 1, 1));

        // As many threads as just fit leave nothing but what is set aside.
        long two = CodecMemory.DecodeBytes(model, picture, 256, 1, 2) - least;
        Assert.Equal(expected, Decode(least + two, 2));

        byte[] Decode(long most, int threads) => VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model], Threads = threads, Limits = new VaeLimits { MaxMemoryBytes = most } }).Pixels;

        bool Fits(long most)
        {
            try
            {
                return CodecMemory.PlanDecode(model, info, 1, 1, new VaeLimits { MaxMemoryBytes = most }).HasRoomForSamples == info.MixedTiles;
            }
            catch (VaeLimitException)
            {
                return false;
            }
        }
    }
}
