using System.IO.Pipelines;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

public class RoundTripTests
{
    [Theory]
    [InlineData(1, 1, 256)]
    [InlineData(1, 300, 256)]
    [InlineData(300, 1, 320)]
    [InlineData(64, 64, 512)]
    [InlineData(256, 256, 256)]
    [InlineData(257, 255, 256)]
    [InlineData(321, 641, 320)]
    [InlineData(700, 530, 256)]
    [InlineData(700, 530, 4096)]
    public void Sizes_ComeBack_WithTheSamePixelsForEveryThreadCount(int width, int height, int tileSize)
    {
        foreach (PixelLayout layout in (PixelLayout[])[PixelLayout.Rgb24, PixelLayout.Gray8])
        {
            (PictureDescription picture, byte[] pixels) = TestPicture.Create(width, height, layout);
            byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(80, tileSize) with { Threads = 1 });
            Assert.Equal(file, VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(80, tileSize) with { Threads = 3 }));
            DecodedPicture decoded = VaeDecoder.Decode(file, SmallModel.Decoding() with { Threads = 1 });
            Assert.Equal((width, height, layout), (decoded.Picture.Width, decoded.Picture.Height, decoded.Picture.Layout));
            Assert.Equal(decoded.Pixels, VaeDecoder.Decode(file, SmallModel.Decoding() with { Threads = 3 }).Pixels);
            Assert.InRange(TestPicture.Psnr(pixels, decoded.Pixels), 24, 99);
        }
    }

    [Fact]
    public void Psnr_RisesWithQuality_AndSoDoesTheRate()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(320, 200);
        double psnr = 0;
        int size = 0;
        foreach (int quality in (int[])[1, 25, 50, 75])
        {
            byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(quality));
            double next = TestPicture.Psnr(pixels, VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels);
            Assert.True(next > psnr && file.Length > size, $"Quality {quality}: {next:F2} dB, {file.Length} bytes.");
            (psnr, size) = (next, file.Length);
        }
    }

    [Fact]
    public void TheStandardModel_KeepsAPicture_BetterWithQuality()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(192, 128);
        double psnr = 0;
        foreach (int quality in (int[])[10, 50, 90])
        {
            double next = TestPicture.Psnr(pixels, VaeDecoder.Decode(VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Quality = quality })).Pixels);
            Assert.True(next > psnr + 0.5, $"Quality {quality}: {next:F2} dB after {psnr:F2}.");
            Assert.True(next > (quality < 90 ? 24 : 32), $"Quality {quality}: {next:F2} dB.");
            psnr = next;
        }
    }

    [Fact]
    public async Task ByteArraysStreamsAndPipes_Agree()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(300, 270);
        byte[] array = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding());

        using MemoryStream stream = new();
        VaeEncodeResult result = await VaeEncoder.EncodeAsync(new MemoryRowSource(picture, pixels), stream, SmallModel.Encoding());
        Assert.Equal(array, stream.ToArray());
        Assert.Equal(new VaeEncodeResult(300, 270, array.Length, 4) { TileSize = 256 }, result);
        Assert.Equal(8.0 * array.Length / (300 * 270), result.BitsPerPixel, 9);

        using MemoryStream piped = new();
        PipeWriter writer = PipeWriter.Create(piped, new StreamPipeWriterOptions(leaveOpen: true));
        await VaeEncoder.EncodeAsync(new MemoryRowSource(picture, pixels), writer, SmallModel.Encoding());
        Assert.Equal(array, piped.ToArray());
        await writer.CompleteAsync();

        byte[] expected = VaeDecoder.Decode(array, SmallModel.Decoding()).Pixels;
        stream.Position = 0;
        await using (VaeDecoder decoder = await VaeDecoder.OpenAsync(stream, SmallModel.Decoding()))
        {
            MemoryRowSink sink = new();
            await decoder.CopyToAsync(sink);
            Assert.Equal(expected, sink.Pixels);
            Assert.Equal(array.Length, decoder.FileBytes);
        }

        Assert.True(stream.CanRead);
        DecodedPicture fromPipe = await VaeDecoder.DecodeAsync(PipeReader.Create(new MemoryStream(array)), SmallModel.Decoding());
        Assert.Equal(expected, fromPipe.Pixels);
    }

    [Fact]
    public async Task Bands_AreWholeInOrder_AndNullAtTheEnd()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(130, 600, PixelLayout.Gray8);
        byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding());
        byte[] expected = VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels;
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), SmallModel.Decoding());
        int rows = 0;
        while (await decoder.ReadBandAsync() is { } band)
        {
            Assert.Equal(rows, band.FirstRow);
            Assert.Equal(band.RowCount * 130, band.Rows.Length);
            Assert.Equal(expected.AsMemory(rows * 130, band.Rows.Length).ToArray(), band.Rows.ToArray());
            rows += band.RowCount;
        }

        Assert.Equal(600, rows);
        Assert.Null(await decoder.ReadBandAsync());
    }

    [Fact]
    public async Task MetadataAndColour_Survive_AndAreKnownBeforeAPixel()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(20, 30);
        byte[] icc = new byte[3000], exif = [.. "II*\0"u8, 8, 0, 0, 0], xmp = [.. "<x:xmpmeta/>"u8];
        new Random(1).NextBytes(icc);
        picture = picture with { Colour = new ColourCodePoints(12, 13, 0, true), Metadata = new PictureMetadata { IccProfile = icc, Exif = exif, Xmp = xmp } };
        byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(33, 320));
        VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(file));
        Assert.Equal((33, 320, 1, 1, "small", SmallModel.Instance.Identity), (info.Quality, info.TileSize, info.TileColumns, info.TileRows, info.ModelName, info.ModelIdentity));
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), SmallModel.Decoding());
        foreach (PictureDescription read in (PictureDescription[])[info.Picture, decoder.Info.Picture, VaeDecoder.Decode(file, SmallModel.Decoding()).Picture])
        {
            Assert.Equal(picture.Colour, read.Colour);
            Assert.Equal(icc, read.Metadata.IccProfile);
            Assert.Equal(exif, read.Metadata.Exif);
            Assert.Equal(xmp, read.Metadata.Xmp);
        }

        Assert.Equal(icc, decoder.Metadata.IccProfile);
        Assert.Null(VaeDecoder.Decode(VaeEncoder.Encode(picture with { Metadata = PictureMetadata.None }, pixels, SmallModel.Encoding()), SmallModel.Decoding()).Picture.Metadata.Exif);
    }

    [Fact]
    public async Task Progress_IsReportedForEachRowOfTiles()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(100, 600);
        RecordedProgress encoding = new(), decoding = new();
        byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding() with { Progress = encoding });
        VaeDecoder.Decode(file, SmallModel.Decoding() with { Progress = decoding });
        await Task.CompletedTask;
        foreach (List<VaeProgress> reports in (List<VaeProgress>[])[encoding.Reports, decoding.Reports])
        {
            Assert.Equal([256, 512, 600], reports.Select(report => report.RowsDone));
            Assert.All(reports, report => Assert.Equal(600, report.Rows));
            Assert.Equal(reports.Select(report => report.FileBytes).Order(), reports.Select(report => report.FileBytes));
            Assert.InRange(reports[^1].FileBytes, file.Length / 2, file.Length);
        }
    }
}
