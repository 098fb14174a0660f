using VaeCodec.Tests.Support;
using Xunit;

namespace VaeCodec.Tests.Targets;

public class TargetEncodingTests
{
    private static readonly PictureDescription s_picture = new(160, 120, PixelLayout.Rgb24);
    private static readonly byte[] s_pixels = Pixels(3);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ASizeIsNeverPassed_AndNearlyReached(int effort)
    {
        (long least, long most) = (Size(1, effort), Size(100, effort));
        foreach (double share in (double[])[0.02, 0.3, 0.5, 0.9, 1])
        {
            long bytes = (long)(least + ((most - least) * share));
            (byte[] file, VaeTargetResult result) = await EncodeAsync(VaeTarget.FileBytes(bytes), effort);
            Assert.InRange(file.Length, 0.98 * bytes, bytes);
            Assert.Equal((file.Length, null, result.Quality), ((int)result.File.FileBytes, result.Psnr, (await VaeImageInfo.ReadAsync(new MemoryStream(file))).Quality));
            Assert.InRange(result.Encodes, 1, 12);
            Assert.Equal(s_pixels.Length, VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels.Length);
        }
    }

    [Fact]
    public async Task MoreRoomThanTheHighestQualityTakes_GivesThatQuality()
    {
        (byte[] file, VaeTargetResult result) = await EncodeAsync(VaeTarget.FileBytes(10_000_000), 2);
        Assert.Equal((100, Size(100, 2)), (result.Quality, file.Length));
    }

    [Fact]
    public async Task WholeQualitiesAlone_GiveTheLargestThatFits()
    {
        long bytes = Size(60, 1) + 1;
        (byte[] file, VaeTargetResult result) = await EncodeAsync(VaeTarget.FileBytes(bytes), 1);
        Assert.True(file.Length <= bytes);
        Assert.True(file.Length >= 0.98 * bytes || Size(result.Quality + 1, 1) > bytes);
    }

    [Fact]
    public async Task BitsForAPixel_AreASize()
    {
        long bytes = Size(50, 2);
        (byte[] file, _) = await EncodeAsync(VaeTarget.BitsPerPixel(8.0 * bytes / (160 * 120)), 2);
        Assert.InRange(file.Length, 0.98 * bytes, bytes);
    }

    [Fact]
    public async Task APsnr_IsThatOfTheLowestQualityThatReachesIt()
    {
        double wanted = Psnr(s_picture, s_pixels, 40) - 0.001;
        (byte[] file, VaeTargetResult result) = await EncodeAsync(VaeTarget.Psnr(wanted), 2);
        double measured = Psnr(s_picture, s_pixels, file);
        Assert.Equal(measured, result.Psnr!.Value, 6);
        Assert.True(measured >= wanted);
        Assert.True(measured <= wanted + 0.2 || Psnr(s_picture, s_pixels, result.Quality - 1) < wanted);
    }

    /// <summary>On pages PSNR does not grow evenly with quality: of two that reach it the higher may be nearer to it.</summary>
    [Theory]
    [InlineData(31.8)]
    [InlineData(35.7)]
    [InlineData(43.5)]
    public async Task APsnrOfAPage_IsThatOfTheLowestQualityTriedThatReachesIt(double wanted)
    {
        PictureDescription picture = new(240, 144, PixelLayout.Rgb24);
        byte[] pixels = Letters(picture);
        using MemoryStream file = new();
        VaeTargetResult result = await VaeEncoder.EncodeToTargetAsync(_ => new(new MemoryRowSource(picture, pixels)), file, VaeTarget.Psnr(wanted), SmallModel.Encoding());
        Assert.True(result.Psnr >= wanted);
        Assert.True(result.Psnr <= wanted + 0.2 || result.Quality == 1 || Psnr(picture, pixels, result.Quality - 1) < wanted, $"quality {result.Quality}, {result.Psnr} dB");
    }

    /// <summary>Of alpha nothing counts, and of colour nothing that is transparent in both.</summary>
    [Theory]
    [InlineData(PixelLayout.Rgba32, 8)]
    [InlineData(PixelLayout.GrayAlpha32, 12)]
    [InlineData(PixelLayout.Gray16, 10)]
    public async Task APsnr_IsThatOfTheColourThatIsSeen(PixelLayout layout, int depth)
    {
        PictureDescription picture = new(70, 66, layout) { BitDepth = depth };
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        Random random = new(3);
        int bytes = layout.BytesPerSample(), channels = layout.Channels();
        for (int i = 0; i < pixels.Length / bytes; i++)
        {
            bool alpha = layout.HasAlpha() && i % channels == channels - 1;
            int value = alpha ? (i / channels % 70 < 30 ? 0 : picture.MaxSample) : Math.Min((i / channels * 7 % picture.MaxSample) + random.Next(9), picture.MaxSample);
            pixels[i * bytes] = (byte)value;
            if (bytes == 2)
            {
                pixels[(i * 2) + 1] = (byte)(value >> 8);
            }
        }

        using MemoryStream file = new();
        VaeTargetResult result = await VaeEncoder.EncodeToTargetAsync(_ => new(new MemoryRowSource(picture, pixels)), file, VaeTarget.Psnr(Psnr(picture, pixels, 30)), SmallModel.Encoding());
        Assert.Equal(Psnr(picture, pixels, file.ToArray()), result.Psnr!.Value, 6);
    }

    /// <summary>A page whose tiles are exact at every quality: nothing grows, and the search must not walk.</summary>
    [Fact]
    public async Task WhereNothingIsLost_TheLowestQualityIsFoundInAFewEncodes()
    {
        PictureDescription picture = new(300, 300, PixelLayout.Rgb24);
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        Array.Fill(pixels, (byte)200);
        using MemoryStream file = new();
        int open = 0;
        VaeTargetResult result = await VaeEncoder.EncodeToTargetAsync(
            _ =>
            {
                open++;
                return new(new PlainSource(new MemoryRowSource(picture, pixels), () => open--));
            },
            file, VaeTarget.Psnr(40), SmallModel.Encoding());
        Assert.Equal(pixels, VaeDecoder.Decode(file.ToArray(), SmallModel.Decoding()).Pixels);
        Assert.Equal((1, double.PositiveInfinity), (result.Quality, result.Psnr));
        Assert.InRange(result.Encodes, 1, 8);
        Assert.Equal(0, open);
    }

    [Fact]
    public async Task WhatIsOutOfReach_IsSaid()
    {
        VaeException small = await Assert.ThrowsAsync<VaeException>(() => EncodeAsync(VaeTarget.FileBytes(90), 2));
        Assert.Equal(VaeError.TargetUnreachable, small.Error);
        Assert.Contains("90 is not within reach", small.Message, StringComparison.Ordinal);
        Assert.Equal(VaeError.TargetUnreachable, (await Assert.ThrowsAsync<VaeException>(() => EncodeAsync(VaeTarget.BitsPerPixel(0.001), 2))).Error);
        Assert.Equal(VaeError.TargetUnreachable, (await Assert.ThrowsAsync<VaeException>(() => EncodeAsync(VaeTarget.Psnr(200), 2))).Error);
    }

    [Fact]
    public async Task WhatMakesNoSense_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeTarget.FileBytes(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeTarget.BitsPerPixel(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeTarget.Psnr(double.NaN));
        await Assert.ThrowsAsync<ArgumentException>(() => VaeEncoder.EncodeToTargetAsync(_ => new(Source()), Stream.Null, VaeTarget.Psnr(30), new VaeEncoderOptions { Lossless = true }));
        await Assert.ThrowsAsync<ArgumentException>(() => VaeEncoder.EncodeToTargetAsync(_ => new(Source()), Stream.Null, VaeTarget.Psnr(30), new VaeEncoderOptions { MaxError = 1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => VaeEncoder.EncodeToTargetAsync(_ => throw new InvalidOperationException("opened"), Stream.Null, VaeTarget.Psnr(30), new VaeEncoderOptions { Effort = 9 }));
    }

    [Fact]
    public async Task SourcesAreDisposed_AndCancellationStops()
    {
        int open = 0;
        using MemoryStream file = new();
        await VaeEncoder.EncodeToTargetAsync(_ => new(new CountedSource(Source(), () => open++, () => open--)), file, VaeTarget.Psnr(25), SmallModel.Encoding());
        Assert.Equal(0, open);
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VaeEncoder.EncodeToTargetAsync(
            _ =>
            {
                stop.Cancel();
                return new(new CountedSource(Source(), () => open++, () => open--));
            },
            file, VaeTarget.Psnr(25), SmallModel.Encoding(), stop.Token));
        Assert.Equal(0, open);
    }

    private static async Task<(byte[] File, VaeTargetResult Result)> EncodeAsync(VaeTarget target, int effort)
    {
        using MemoryStream file = new();
        VaeTargetResult result = await VaeEncoder.EncodeToTargetAsync(_ => new(Source()), file, target, SmallModel.Encoding() with { Effort = effort });
        return (file.ToArray(), result);
    }

    private static MemoryRowSource Source() => new(s_picture, s_pixels);

    private static long Size(int quality, int effort) => VaeEncoder.Encode(s_picture, s_pixels, SmallModel.Encoding(quality) with { Effort = effort }).Length;

    private static double Psnr(PictureDescription picture, byte[] pixels, int quality) => Psnr(picture, pixels, VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(quality)));

    private static double Psnr(PictureDescription picture, byte[] pixels, byte[] file)
    {
        byte[] decoded = VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels;
        int bytes = picture.Layout.BytesPerSample(), channels = picture.Layout.Channels(), colours = picture.Layout.ColourChannels();
        double squared = 0;
        long count = 0;
        int Value(byte[] samples, int i) => bytes == 1 ? samples[i] : samples[2 * i] | (samples[(2 * i) + 1] << 8);
        for (int pixel = 0; pixel < pixels.Length / bytes; pixel += channels)
        {
            if (picture.Layout.HasAlpha() && Value(pixels, pixel + colours) == 0 && Value(decoded, pixel + colours) == 0)
            {
                continue;
            }

            for (int c = 0; c < colours; c++, count++)
            {
                squared += Math.Pow(Value(pixels, pixel + c) - Value(decoded, pixel + c), 2);
            }
        }

        return 10 * Math.Log10((double)picture.MaxSample * picture.MaxSample * count / squared);
    }

    private static byte[] Pixels(int channels)
    {
        Random random = new(17);
        byte[] pixels = new byte[160 * 120 * channels];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i / channels, 160);
            pixels[i] = (byte)Math.Clamp(128 + (60 * Math.Sin(x * 0.07)) + (50 * Math.Cos((y * 0.11) + (i % channels))) + random.Next(-9, 10), 0, 255);
        }

        return pixels;
    }

    private sealed class CountedSource : IRowSource, IAsyncDisposable
    {
        private readonly IRowSource _inner;
        private readonly Action _closed;

        public CountedSource(IRowSource inner, Action opened, Action closed)
        {
            (_inner, _closed) = (inner, closed);
            opened();
        }

        public PictureDescription Picture => _inner.Picture;

        public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken) => _inner.ReadRowsAsync(rows, rowCount, cancellationToken);

        public ValueTask DisposeAsync()
        {
            _closed();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class PlainSource(IRowSource source, Action closed) : IRowSource, IDisposable
    {
        public PictureDescription Picture => source.Picture;

        public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken) => source.ReadRowsAsync(rows, rowCount, cancellationToken);

        public void Dispose() => closed();
    }

    /// <summary>Letters of three shades, with noise.</summary>
    private static byte[] Letters(PictureDescription picture)
    {
        const int letterWidth = 7, letterHeight = 10, shades = 3;

        // Numbers for which the small model gives 3.6 dB more at quality 2 than at 3, and 3.9 dB more at 25 than at 26.
        Random random = new(5);
        for (int i = 0; i < 5; i++)
        {
            random.Next();
        }

        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % picture.RowBytes / 3, y = i / picture.RowBytes, letter = ((x / letterWidth * 7) + (y / letterHeight * 5)) % 11;
            bool inLetter = y % letterHeight < letterHeight - 3 && x % letterWidth < letterWidth - 2;
            int shade = ((x % letterWidth * (letter + 3)) + (y % letterHeight * letter)) % shades;
            pixels[i] = (byte)(inLetter ? 245 - (shade * 80) + random.Next(3) : 245 - (y / 20));
        }

        return pixels;
    }
}
