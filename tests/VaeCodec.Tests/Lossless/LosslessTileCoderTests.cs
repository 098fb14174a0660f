using System.Buffers;
using VaeCodec.Lossless;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Lossless;

public class LosslessTileCoderTests
{
    private static readonly PixelLayout[] s_layouts =
    [
        PixelLayout.Gray8, PixelLayout.Rgb24, PixelLayout.GrayAlpha16, PixelLayout.Rgba32, PixelLayout.Gray16, PixelLayout.Rgb48, PixelLayout.GrayAlpha32, PixelLayout.Rgba64,
    ];

    private static readonly Dictionary<(PixelLayout Layout, int Depth, ErrorBounds Bounds), LosslessTileCoder> s_coders = [];

    public static TheoryData<string, int, int, PixelLayout, bool> Tiles
    {
        get
        {
            TheoryData<string, int, int, PixelLayout, bool> data = [];
            foreach (string kind in (string[])["photo", "noise", "black", "white", "extremes", "stripes", "two colours", "letters"])
            {
                foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(1, 1), (1, 17), (23, 1), (2, 2), (64, 41)])
                {
                    foreach (PixelLayout layout in s_layouts)
                    {
                        data.Add(kind, width, height, layout, false);
                        data.Add(kind, width, height, layout, true);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tiles))]
    public void EverySample_ComesBack(string kind, int width, int height, PixelLayout layout, bool repeats)
    {
        TileWay way = repeats ? TileWay.RepeatedSamples : TileWay.PredictedSamples;

        // The same coder for all tiles, one after the other: nothing of one may be left for the next.
        byte[] samples = Samples(kind, width, height, layout);
        byte[] coded = Encode(samples, width, height, layout, way);
        Assert.Equal(samples, Decode(coded, width, height, layout, way, SampleScale.Fine));
        Assert.Equal(coded, Encode(samples, width, height, layout, way));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public void EverySampleOfTwoBytes_ComesBack_WithEveryShift(int shift)
    {
        SampleScale scale = new(shift, 0);
        foreach (TileWay way in (TileWay[])[TileWay.PredictedSamples, TileWay.RepeatedSamples])
        {
            byte[] samples = Samples("photo", 64, 41, PixelLayout.Rgba64);
            byte[] coded = Encode(samples, 64, 41, PixelLayout.Rgba64, way, scale);
            Assert.Equal(samples, Decode(coded, 64, 41, PixelLayout.Rgba64, way, scale));
        }
    }

    [Theory]
    [InlineData(TileWay.PredictedSamples)]
    [InlineData(TileWay.RepeatedSamples)]
    internal void SamplesOfEightBitsSpreadOverSixteen_AreListed_AndTakeHardlyMore(TileWay way)
    {
        byte[] narrow = Samples("photo", 64, 41, PixelLayout.Rgb24), wide = Samples("photo", 64, 41, PixelLayout.Rgb48, 257);
        ushort[] numbers = new ushort[65536];
        SampleScale scale = SampleScale.Of(wide, 64 * 6, 64 * 3, 41, 3, default, true, numbers);
        Assert.InRange(scale.LevelCount, 2, 256);
        byte[] coded = Encode(wide, 64, 41, PixelLayout.Rgb48, way, scale, numbers);
        Assert.Equal(wide, Decode(coded, 64, 41, PixelLayout.Rgb48, way, scale));
        Assert.InRange(coded.Length, 1, Encode(narrow, 64, 41, PixelLayout.Rgb24, way).Length * 1.05);
    }

    [Fact]
    public void FewValues_AreListedOnlyWhereThatPays()
    {
        ushort[] numbers = new ushort[65536];
        Assert.Equal(0, SampleScale.Of(Samples("photo", 64, 41, PixelLayout.Rgb48), 64 * 6, 64 * 3, 41, 3, default, true, numbers).LevelCount);
        Assert.Equal(0, SampleScale.Of(Samples("photo", 64, 41, PixelLayout.Rgb48, 257), 64 * 6, 64 * 3, 41, 3, new ErrorBounds(1, 0), true, numbers).LevelCount);
        Assert.Equal(0, SampleScale.Of(Samples("photo", 2, 1, PixelLayout.Rgb48, 257), 12, 6, 1, 3, default, true, numbers).LevelCount);
    }

    [Theory]
    [InlineData(PixelLayout.Gray8, 8, 1)]
    [InlineData(PixelLayout.Rgb24, 8, 1)]
    [InlineData(PixelLayout.Rgb24, 8, 127)]
    [InlineData(PixelLayout.Rgba32, 8, 4)]
    [InlineData(PixelLayout.Rgb48, 16, 100)]
    [InlineData(PixelLayout.Rgba64, 16, 32767)]
    [InlineData(PixelLayout.Rgb48, 12, 3)]
    public void WithinABound_NoSampleIsFurtherOff_AndDecodersGiveWhatEncodersSay(PixelLayout layout, int depth, int bound)
    {
        ErrorBounds bounds = new(bound, layout.HasAlpha() ? (bound + 1) / 2 : 0);
        PictureDescription picture = new(64, 41, layout) { BitDepth = depth };
        foreach (string kind in (string[])["photo", "noise", "extremes", "letters"])
        {
            foreach (TileWay way in (TileWay[])[TileWay.PredictedSamples, TileWay.RepeatedSamples])
            {
                byte[] original = Samples(kind, 64, 41, layout, 1, picture.MaxSample), samples = [.. original], decoded = new byte[samples.Length];
                PixelSubstitution? substitution = way == TileWay.RepeatedSamples ? new(picture, 100, bounds, false, null, null) : null;
                ArrayBufferWriter<byte> output = new();
                Coder(layout, depth, bounds).Encode(samples, picture.RowBytes, 64, 41, way, new SampleScale(depth / 4 - 2, 0), [], substitution, output);
                Assert.True(Coder(layout, depth, bounds).TryDecode(output.WrittenMemory, decoded, picture.RowBytes, 64, 41, way, new SampleScale(depth / 4 - 2, 0)));
                Assert.Equal(samples, decoded);
                int exact = Encode(original, 64, 41, layout, way).Length;
                Assert.True(output.WrittenCount < exact || kind is "extremes" or "letters", $"{kind}, {way}: {output.WrittenCount} bytes, {exact} without a bound");
                CheckBounds(layout, Values(original, layout), Values(samples, layout), bounds, picture.MaxSample);
            }
        }
    }

    [Fact]
    public void WhatIsSmooth_TakesLess_AndNoiseHardlyMoreThanItself()
    {
        int bytes = 64 * 41 * 3;
        Assert.InRange(Encode(Samples("noise", 64, 41, PixelLayout.Rgb24), 64, 41, PixelLayout.Rgb24).Length, bytes, bytes * 1.12);
        Assert.InRange(Encode(Samples("photo", 64, 41, PixelLayout.Rgb24), 64, 41, PixelLayout.Rgb24).Length, bytes / 4, bytes * 0.7);
        Assert.InRange(Encode(Samples("white", 64, 41, PixelLayout.Rgb24), 64, 41, PixelLayout.Rgb24).Length, 4, 64);
    }

    [Fact]
    public void WhatIsWritten_RepeatsItself()
    {
        byte[] letters = Samples("letters", 64, 41, PixelLayout.Rgb24);
        int predicted = Encode(letters, 64, 41, PixelLayout.Rgb24).Length, repeated = Encode(letters, 64, 41, PixelLayout.Rgb24, TileWay.RepeatedSamples).Length;
        Assert.True(repeated < predicted * 0.6, $"{repeated} bytes, {predicted} without repeats");
    }

    [Fact]
    public void NearlyCoded_DecodesToWhatWasSaid_AndCostsLessWithoutLosingMuch()
    {
        // One pixel in nine is a little off.
        byte[] original = Samples("letters", 64, 41, PixelLayout.Rgb24);
        for (int i = 0; i < original.Length; i += 27)
        {
            original[i] += 6;
        }

        int exact = Encode(original, 64, 41, PixelLayout.Rgb24, TileWay.RepeatedSamples).Length;
        foreach (float price in (float[])[1e9f, 100])
        {
            byte[] samples = [.. original];
            ArrayBufferWriter<byte> output = new();
            PixelSubstitution substitution = new(new PictureDescription(64, 41, PixelLayout.Rgb24), 16 * price, null, false, null, null);
            Coder(PixelLayout.Rgb24).Encode(samples, 192, 64, 41, TileWay.RepeatedSamples, SampleScale.Fine, [], substitution, output);
            Assert.Equal(samples, Decode(output.WrittenMemory, 64, 41, PixelLayout.Rgb24, TileWay.RepeatedSamples, SampleScale.Fine));
            double error = original.Zip(samples, (left, right) => (double)((left - right) * (left - right))).Sum() / (255 * 255);
            Assert.True((8 * output.WrittenCount) + (price * error) <= 8 * exact, $"price {price}: {output.WrittenCount} bytes, error {error}; {exact} bytes without");
            Assert.Equal(price > 1e6, samples.AsSpan().SequenceEqual(original));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DamagedBytes_GiveFalseOrOtherSamples_AndNeverThrow(bool repeats)
    {
        TileWay way = repeats ? TileWay.RepeatedSamples : TileWay.PredictedSamples;
        byte[] samples = Samples("photo", 40, 30, PixelLayout.Rgb24), coded = Encode(samples, 40, 30, PixelLayout.Rgb24, way), decoded = new byte[samples.Length];
        int refused = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            byte[] damaged = [.. coded];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            damaged = (seed % 3) switch { 0 => damaged[..random.Next(damaged.Length)], 1 => [.. damaged, 0], _ => damaged };
            if (Coder(PixelLayout.Rgb24).TryDecode(damaged, decoded, 120, 40, 30, way, SampleScale.Fine))
            {
                Assert.NotEqual(samples, decoded);
            }
            else
            {
                refused++;
            }
        }

        Assert.InRange(refused, 290, 300);
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24, 0)]
    [InlineData(PixelLayout.Rgba32, 0)]
    [InlineData(PixelLayout.Rgba64, 0)]
    [InlineData(PixelLayout.Rgba64, 20000)]
    public void AnyBytes_AreDecodedInBounds(PixelLayout layout, int bound)
    {
        byte[] decoded = new byte[64 * 64 * 8];
        LosslessTileCoder coder = Coder(layout, 8 * layout.BytesPerSample(), new ErrorBounds(bound, bound));
        for (int seed = 0; seed < 100; seed++)
        {
            byte[] bytes = new byte[2000];
            new Random(seed).NextBytes(bytes);
            Array.Fill(bytes, (byte)(seed * 37), 0, seed % 2 == 0 ? 1500 : 0);
            TileWay way = seed % 3 == 0 ? TileWay.RepeatedSamples : TileWay.PredictedSamples;
            Assert.False(coder.TryDecode(bytes, decoded, 64 * layout.BytesPerPixel(), 64, 64, way, new SampleScale(layout.BytesPerSample() == 1 ? 0 : seed % 9, seed % 4 == 3 ? 300 : 0)));
        }
    }

    /// <summary>A row of tiles may take minutes, so a tile is not coded to its end once nobody wants it.</summary>
    [Fact]
    public void WorkThatIsNoLongerWanted_Ends()
    {
        using CancellationTokenSource source = new();
        WorkStop stop = new() { Token = source.Token };
        using LosslessTileCoder coder = new(64, new SampleCoding(new PictureDescription(64, 64, PixelLayout.Gray8), 256, true) { Stop = stop });
        ArrayBufferWriter<byte> output = new();
        byte[] samples = new byte[64 * 64];
        coder.Encode(samples, 64, 64, 64, TileWay.PredictedSamples, SampleScale.Fine, [], null, output);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => coder.Encode(samples, 64, 64, 64, TileWay.PredictedSamples, SampleScale.Fine, [], null, new ArrayBufferWriter<byte>()));
        Assert.Throws<OperationCanceledException>(() => coder.TryDecode(output.WrittenMemory, samples, 64, 64, 64, TileWay.PredictedSamples, SampleScale.Fine));
        stop.Token = default;
        Assert.True(coder.TryDecode(output.WrittenMemory, samples, 64, 64, 64, TileWay.PredictedSamples, SampleScale.Fine));
    }

    private static void CheckBounds(PixelLayout layout, int[] original, int[] coded, ErrorBounds bounds, int most)
    {
        for (int i = 0; i < original.Length; i++)
        {
            bool alpha = layout.HasAlpha() && i % layout.Channels() == layout.Channels() - 1;
            int bound = !alpha ? bounds.Colour : original[i] == 0 || original[i] == most ? 0 : bounds.Alpha;
            Assert.InRange(Math.Abs(original[i] - coded[i]), 0, bound);
        }
    }

    private static LosslessTileCoder Coder(PixelLayout layout) => Coder(layout, 8 * layout.BytesPerSample(), default);

    private static LosslessTileCoder Coder(PixelLayout layout, int depth, ErrorBounds bounds)
    {
        lock (s_coders)
        {
            return s_coders.TryGetValue((layout, depth, bounds), out LosslessTileCoder? coder) ? coder : s_coders[(layout, depth, bounds)]
                = new LosslessTileCoder(64, new SampleCoding(new PictureDescription(64, 64, layout) { BitDepth = depth }, 256, true) { Bounds = bounds });
        }
    }

    private static byte[] Encode(byte[] samples, int width, int height, PixelLayout layout, TileWay way = TileWay.PredictedSamples, SampleScale? scale = null, ushort[]? numbers = null)
    {
        ArrayBufferWriter<byte> output = new();
        byte[] copy = [.. samples];
        Coder(layout).Encode(copy, width * layout.BytesPerPixel(), width, height, way, scale ?? SampleScale.Fine, numbers ?? [], null, output);
        Assert.Equal(samples, copy);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Decode(ReadOnlyMemory<byte> coded, int width, int height, PixelLayout layout, TileWay way, SampleScale scale)
    {
        byte[] decoded = new byte[width * height * layout.BytesPerPixel()];
        Assert.True(Coder(layout).TryDecode(coded, decoded, width * layout.BytesPerPixel(), width, height, way, scale));
        return decoded;
    }

    private static int[] Values(byte[] samples, PixelLayout layout) => layout.BytesPerSample() == 1
        ? [.. samples.Select(sample => (int)sample)]
        : [.. Enumerable.Range(0, samples.Length / 2).Select(i => samples[2 * i] | (samples[(2 * i) + 1] << 8))];

    /// <summary>Samples of any layout: those of two bytes are those of one times a unit, or spread out with some noise where that is 1.</summary>
    private static byte[] Samples(string kind, int width, int height, PixelLayout layout, int unit = 1, int most = 0)
    {
        byte[] narrow = Samples(kind, width, height, layout.Channels());
        if (layout.BytesPerSample() == 1)
        {
            return narrow;
        }

        most = most == 0 ? 65535 : most;
        byte[] wide = new byte[2 * narrow.Length];
        for (int i = 0; i < narrow.Length; i++)
        {
            int sample = unit > 1 ? narrow[i] * unit : Math.Min(most, (narrow[i] * most / 255) + (narrow[i] is 0 or 255 ? 0 : i * 37 % 50 * most / 65535));
            (wide[2 * i], wide[(2 * i) + 1]) = ((byte)sample, (byte)(sample >> 8));
        }

        return wide;
    }

    private static byte[] Samples(string kind, int width, int height, int channels)
    {
        byte[] samples = new byte[width * height * channels];
        Random random = new(width + height);
        switch (kind)
        {
            case "photo":
                byte[] photo = TestPicture.Create(width, height, PixelLayout.Rgb24).Pixels;
                return [.. Enumerable.Range(0, samples.Length).Select(i => photo[(i / channels * 3) + (i % channels % 3)])];
            case "noise":
                random.NextBytes(samples);
                return samples;
            default:
                for (int i = 0; i < samples.Length; i++)
                {
                    samples[i] = kind switch
                    {
                        "white" => 255,
                        "extremes" => (byte)(255 * random.Next(2)),
                        "stripes" => (byte)(i / channels % 3 * 120),
                        "letters" => Letter(i / channels % width, i / channels / width, i % channels),
                        "two colours" => (byte)(i / channels / 5 % 2 == 0 ? 20 + (i % channels) : 250),
                        _ => 0,
                    };
                }

                return samples;
        }
    }

    /// <summary>Four made-up letters with soft edges, over and over in an order without a period.</summary>
    private static byte Letter(int x, int y, int channel)
    {
        int cell = (x / 8) + (y / 8 * 8), letter = cell * cell / 3 % 4, inX = x % 8, inY = y % 8;
        int ink = inX < 6 && inY < 6 ? ((inX * (letter + 2)) + (inY * inY) + (letter * 5)) % 4 : 0;
        return (byte)(240 - (ink * 70) + (ink * channel * 5));
    }
}
