namespace VaeCodec.Metrics.Tests;

public class SampleDifferenceTests
{
    [Fact]
    public void IdenticalSamplesAreInfinitelyGood()
    {
        var difference = new SampleDifference(3);
        difference.Add([1, 2, 3], [1, 2, 3]);
        Assert.Equal(double.PositiveInfinity, difference.Psnr);
        Assert.Equal(double.PositiveInfinity, difference.PsnrY);
        Assert.Equal(0, difference.MaxError);
        Assert.Equal(3, difference.Samples);
    }

    [Fact]
    public void OneLevelOffEverywhereIs48Decibels()
    {
        var difference = new SampleDifference(1);
        difference.Add([10, 20], [11, 19]);
        difference.Add([0], [1]);
        Assert.Equal(20 * Math.Log10(255), difference.Psnr, 12);
        Assert.Equal(difference.Psnr, difference.PsnrY);
    }

    [Fact]
    public void LumaWeighsTheChannels()
    {
        // Only green differs, by 10: luma by 5.87; the mean squared error of the samples is 100 / 3.
        var difference = new SampleDifference(3);
        difference.Add([7, 50, 9], [7, 60, 9]);
        Assert.Equal(10 * Math.Log10(255 * 255 / (100.0 / 3)), difference.Psnr, 12);
        Assert.Equal(20 * Math.Log10(255 / 5.87), difference.PsnrY, 12);
        Assert.Equal(10, difference.MaxError);
    }

    [Fact]
    public void LongRunsOfTheLargestErrorAreCountedExactly()
    {
        // More than fits into the 32-bit lanes of the vectors.
        byte[] black = new byte[3 * 9_000_001];
        byte[] white = new byte[black.Length];
        Array.Fill(white, (byte)255);
        var difference = new SampleDifference(3);
        difference.Add(black, white);
        Assert.Equal(0, difference.Psnr, 12);
        Assert.Equal(0, difference.PsnrY, 12);
        Assert.Equal(255, difference.MaxError);
    }

    [Fact]
    public void AnyLengthAndAnyCutGiveWhatAPlainSumGives()
    {
        var random = new Random(5);
        for (int length = 3; length < 600; length += 3)
        {
            byte[] first = new byte[length];
            byte[] second = new byte[length];
            random.NextBytes(first);
            random.NextBytes(second);
            double sum = first.Zip(second).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
            var difference = new SampleDifference(3);
            int cut = random.Next(length / 3) * 3;
            difference.Add(first.AsSpan(0, cut), second.AsSpan(0, cut));
            difference.Add(first.AsSpan(cut), second.AsSpan(cut));
            Assert.Equal(10 * Math.Log10(255.0 * 255 * length / sum), difference.Psnr, 11);
            Assert.Equal(first.Zip(second).Max(pair => Math.Abs(pair.First - pair.Second)), difference.MaxError);
        }
    }

    [Fact]
    public void WhatCannotBeComparedIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleDifference(2));
        Assert.Throws<ArgumentException>(() => new SampleDifference(1).Add([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new SampleDifference(3).Add([1, 2], [1, 2]));
    }
}
