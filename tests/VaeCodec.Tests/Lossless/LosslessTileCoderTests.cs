using System.Buffers;
using VaeCodec.Lossless;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Lossless;

public class LosslessTileCoderTests
{
    private static readonly LosslessTileCoder s_colour = new(64, 3);
    private static readonly LosslessTileCoder s_grey = new(64, 1);

    public static TheoryData<string, int, int, int, bool> Tiles
    {
        get
        {
            TheoryData<string, int, int, int, bool> data = [];
            foreach (string kind in (string[])["photo", "noise", "black", "white", "extremes", "stripes", "two colours", "letters"])
            {
                foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(1, 1), (1, 17), (23, 1), (2, 2), (64, 41)])
                {
                    foreach (bool repeats in (bool[])[false, true])
                    {
                        data.Add(kind, width, height, 1, repeats);
                        data.Add(kind, width, height, 3, repeats);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tiles))]
    public void EverySample_ComesBack(string kind, int width, int height, int channels, bool repeats)
    {
        TileWay way = repeats ? TileWay.RepeatedSamples : TileWay.PredictedSamples;
        // The same coder for all tiles, one after the other: nothing of one may be left for the next.
        byte[] samples = Samples(kind, width, height, channels);
        byte[] coded = Encode(samples, width, height, channels, way);
        byte[] decoded = new byte[samples.Length];
        Assert.True(Coder(channels).TryDecode(coded, decoded, width * channels, width, height, way));
        Assert.Equal(samples, decoded);
        Assert.Equal(coded, Encode(samples, width, height, channels, way));
    }

    [Fact]
    public void WhatIsSmooth_TakesLess_AndNoiseHardlyMoreThanItself()
    {
        int bytes = 64 * 41 * 3;
        Assert.InRange(Encode(Samples("noise", 64, 41, 3), 64, 41, 3).Length, bytes, bytes * 1.12);
        Assert.InRange(Encode(Samples("photo", 64, 41, 3), 64, 41, 3).Length, bytes / 4, bytes * 0.7);
        Assert.InRange(Encode(Samples("white", 64, 41, 3), 64, 41, 3).Length, 4, 64);
    }

    [Fact]
    public void WhatIsWritten_RepeatsItself()
    {
        byte[] letters = Samples("letters", 64, 41, 3);
        int predicted = Encode(letters, 64, 41, 3).Length, repeated = Encode(letters, 64, 41, 3, TileWay.RepeatedSamples).Length;
        Assert.True(repeated < predicted * 0.6, $"{repeated} bytes, {predicted} without repeats");
    }

    [Fact]
    public void NearlyCoded_DecodesToWhatWasSaid_AndCostsLessWithoutLosingMuch()
    {
        // One pixel in nine is a little off.
        byte[] original = Samples("letters", 64, 41, 3);
        for (int i = 0; i < original.Length; i += 27)
        {
            original[i] += 6;
        }

        int exact = Encode(original, 64, 41, 3, TileWay.RepeatedSamples).Length;
        foreach (float price in (float[])[1e9f, 100])
        {
            byte[] samples = [.. original], decoded = new byte[samples.Length];
            ArrayBufferWriter<byte> output = new();
            s_colour.EncodeNear(samples, 64, 41, 16 * price, output);
            Assert.True(s_colour.TryDecode(output.WrittenMemory, decoded, 192, 64, 41, TileWay.RepeatedSamples));
            Assert.Equal(samples, decoded);
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
        byte[] samples = Samples("photo", 40, 30, 3), coded = Encode(samples, 40, 30, 3, way), decoded = new byte[samples.Length];
        int refused = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            byte[] damaged = [.. coded];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            damaged = (seed % 3) switch { 0 => damaged[..random.Next(damaged.Length)], 1 => [.. damaged, 0], _ => damaged };
            if (s_colour.TryDecode(damaged, decoded, 120, 40, 30, way))
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
    [InlineData(false)]
    [InlineData(true)]
    public void AnyBytes_AreDecodedInBounds(bool repeats)
    {
        byte[] decoded = new byte[64 * 64 * 3];
        for (int seed = 0; seed < 100; seed++)
        {
            byte[] bytes = new byte[2000];
            new Random(seed).NextBytes(bytes);
            Array.Fill(bytes, (byte)(seed * 37), 0, seed % 2 == 0 ? 1500 : 0);
            Assert.False(s_colour.TryDecode(bytes, decoded, 192, 64, 64, repeats ? TileWay.RepeatedSamples : TileWay.PredictedSamples));
        }
    }

    [Fact]
    public void ColourDifferences_AreReversible()
    {
        for (int i = 0; i < 256 * 256; i += 3)
        {
            (int red, int green, int blue) = (i & 255, i >> 8, i * 7 & 255);
            (int first, int second, int third) = ColourDifferences.Of(red, green, blue);
            Assert.Equal((red, green, blue), ColourDifferences.From(first, second, third));
            Assert.True(Math.Abs(second) < 256 && Math.Abs(third) < 256);
        }
    }

    private static LosslessTileCoder Coder(int channels) => channels == 3 ? s_colour : s_grey;

    private static byte[] Encode(byte[] samples, int width, int height, int channels, TileWay way = TileWay.PredictedSamples)
    {
        ArrayBufferWriter<byte> output = new();
        Coder(channels).Encode(samples, width * channels, width, height, way, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Samples(string kind, int width, int height, int channels)
    {
        byte[] samples = new byte[width * height * channels];
        Random random = new(width + height);
        switch (kind)
        {
            case "photo":
                return TestPicture.Create(width, height, channels == 3 ? PixelLayout.Rgb24 : PixelLayout.Gray8).Pixels;
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
