using VaeCodec.Metrics.Tests.Support;

namespace VaeCodec.Metrics.Tests;

/// <summary>Pictures of 9 to 16 bits a sample.</summary>
public class DeepPictureTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(16)]
    public void OneLevelOffEverywhereIsThePeakInDecibels(int bits)
    {
        var difference = new SampleDifference(new SampleFormat(1, bitDepth: bits));
        difference.Add(DeepTestPicture.Bytes(256, 255), DeepTestPicture.Bytes(255, 256));
        difference.Add(DeepTestPicture.Bytes(0), DeepTestPicture.Bytes(1));
        Assert.Equal(20 * Math.Log10((1 << bits) - 1), difference.Psnr, 12);
        Assert.Equal(difference.Psnr, difference.PsnrY);
        Assert.Equal(1, difference.MaxError);
        Assert.Equal(3, difference.Samples);
        Assert.Null(difference.AlphaPsnr);
        Assert.Null(difference.MaxAlphaError);
    }

    [Fact]
    public void LumaWeighsTheChannels()
    {
        // Only green differs, by 1000: luma by 587; the mean squared error of the samples is 1000000 / 3.
        var difference = new SampleDifference(new SampleFormat(3, bitDepth: 16));
        difference.Add(DeepTestPicture.Bytes(7, 50000, 9), DeepTestPicture.Bytes(7, 51000, 9));
        Assert.Equal(10 * Math.Log10(65535.0 * 65535 / (1000000.0 / 3)), difference.Psnr, 12);
        Assert.Equal(20 * Math.Log10(65535 / 587.0), difference.PsnrY, 12);
        Assert.Equal(1000, difference.MaxError);
    }

    [Fact]
    public void LongRunsOfTheLargestErrorAreCountedExactly()
    {
        // More luma than fits into 64 bits.
        byte[] black = new byte[6 * 700_001];
        byte[] white = new byte[black.Length];
        Array.Fill(white, (byte)255);
        var difference = new SampleDifference(new SampleFormat(3, bitDepth: 16));
        difference.Add(black, white);
        difference.Add(white, black);
        Assert.Equal(0, difference.Psnr, 12);
        Assert.Equal(0, difference.PsnrY, 12);
        Assert.Equal(65535, difference.MaxError);
    }

    [Fact]
    public void AnyCutGivesWhatAPlainSumGives()
    {
        DeepTestPicture picture = DeepTestPicture.Make(4, 101, 67, new SampleFormat(3, bitDepth: 12), 90);
        double sum = 0;
        int largest = 0;
        for (int i = 0; i < picture.Original.Length; i += 2)
        {
            int error = BitConverter.ToUInt16(picture.Original, i) - BitConverter.ToUInt16(picture.Disturbed, i);
            sum += error * error;
            largest = Math.Max(largest, Math.Abs(error));
        }

        int samples = picture.Original.Length / 2;
        foreach (int pixels in (int[])[1, 101, 2047, 2048, 2049, 101 * 67])
        {
            var difference = new SampleDifference(picture.Format);
            for (int start = 0; start < picture.Original.Length; start += pixels * 6)
            {
                int length = Math.Min(pixels * 6, picture.Original.Length - start);
                difference.Add(picture.Original.AsSpan(start, length), picture.Disturbed.AsSpan(start, length));
            }

            Assert.Equal(10 * Math.Log10(4095.0 * 4095 * samples / sum), difference.Psnr, 11);
            Assert.Equal(largest, difference.MaxError);
            Assert.Equal(samples, difference.Samples);
        }
    }

    [Theory]
    [InlineData(200, 171, 3, 12)]
    [InlineData(97, 100, 1, 40)]
    [InlineData(5, 4, 3, 9)]
    public void AnEightBitPictureTimes257MeasuresAsThePictureDoes(int width, int height, int channels, int noise)
    {
        // 65535 is 255 x 257, so both the errors and the peak grow by 257.
        TestPicture shallow = TestPicture.Make(width, width, height, channels, noise);
        PictureComparison expected = shallow.Compare();
        PictureComparison actual = PictureComparison.Compare(Times257(shallow.Original), Times257(shallow.Disturbed), width, height, new SampleFormat(channels, bitDepth: 16));
        Assert.Equal(expected.Psnr, actual.Psnr, 10);
        Assert.Equal(expected.PsnrY, actual.PsnrY, 10);
        Assert.Equal(expected.Ssim, actual.Ssim, 10);
        Assert.Equal(expected.MsSsim, actual.MsSsim, 10);
        Assert.Equal(expected.MaxError * 257, actual.MaxError);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void FlatPicturesDifferOnlyInLuminance(int bits)
    {
        // Without structure SSIM is (2 a b + C1) / (a a + b b + C1), C1 = (0.01 (2^bits - 1))^2.
        int[] first = new int[64 * 64], second = new int[64 * 64];
        Array.Fill(first, 400);
        Array.Fill(second, 600);
        double c1 = Math.Pow(0.01 * ((1 << bits) - 1), 2);
        double expected = (480000 + c1) / (160000 + 360000 + c1);
        var similarity = StructuralSimilarity.Compare(DeepTestPicture.Bytes(first), DeepTestPicture.Bytes(second), 64, 64, new SampleFormat(1, bitDepth: bits));
        Assert.Equal(expected, similarity.Ssim, 9);
    }

    [Fact]
    public void TheDepthIsThePeakAndNotTheBytes()
    {
        DeepTestPicture picture = DeepTestPicture.Make(6, 40, 30, new SampleFormat(3, bitDepth: 10), 20);
        PictureComparison ten = picture.Compare();
        PictureComparison sixteen = PictureComparison.Compare(picture.Original, picture.Disturbed, 40, 30, new SampleFormat(3, bitDepth: 16));
        Assert.Equal(20 * Math.Log10(65535.0 / 1023), sixteen.Psnr - ten.Psnr, 10);
        Assert.True(sixteen.Ssim > ten.Ssim);
    }

    [Fact]
    public void WhatCannotBeComparedIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleFormat(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleFormat(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleFormat(1, bitDepth: 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleFormat(1, bitDepth: 17));
        Assert.Throws<ArgumentException>(() => new SampleDifference(new SampleFormat(1, bitDepth: 16)).Add([1, 2, 3], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => PictureComparison.Compare(new byte[12], new byte[12], 2, 2, new SampleFormat(3, bitDepth: 16)));
    }

    private static byte[] Times257(byte[] samples) => DeepTestPicture.Bytes([.. samples.Select(sample => sample * 257)]);
}
