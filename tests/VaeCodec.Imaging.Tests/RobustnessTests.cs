using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

public class RobustnessTests
{
    private static readonly VaeLimits Limits = new() { MaxPixels = 1 << 16, MaxMetadataBytes = 1 << 16, MaxMemoryBytes = 1 << 24 };

    [Fact]
    public async Task Truncation_at_every_byte_is_an_error()
    {
        byte[] png = await SmallPngAsync();
        byte[][] files = [png, SmallInterlacedPng(), "P6\n# x\n2 2\n255\n0123456789ab"u8.ToArray(), "P2 2 2 255 1 2 3 444"u8.ToArray()[..^2], "P4 9 2\nabcd"u8.ToArray(), "P1 2 2 1001"u8.ToArray(), Pam(), .. WidePnm(), .. OtherPngs()];
        foreach (byte[] file in files)
        {
            Assert.True(await Pictures.SurvivesAsync(file, Limits));
            for (int length = 0; length < file.Length; length++)
            {
                Assert.False(await Pictures.SurvivesAsync(file[..length], Limits), $"{length} of {file.Length} bytes");
            }
        }
    }

    [Fact]
    public async Task Mutated_PNG_files_give_a_picture_or_a_VaeException()
    {
        byte[] palette = new PngBuilder().Header(13, 5, 4, 3).Chunk("PLTE", new byte[39])
            .Pixels([.. Enumerable.Range(0, 40).Select(i => (byte)(i % 8 == 0 ? i / 8 : 0x21))], 9).End();
        byte[][] files = [await SmallPngAsync(), palette, SmallInterlacedPng(), .. OtherPngs()];
        var random = new Random(41);
        int pictures = 0, tries = 1500 * files.Length;
        for (int i = 0; i < tries; i++)
        {
            byte[] damaged = [.. files[i % files.Length]];
            damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
            if (i % (2 * files.Length) < files.Length)
            {
                PngBuilder.RepairChecksums(damaged);
            }

            pictures += await Pictures.SurvivesAsync(damaged, Limits) ? 1 : 0;
        }

        Assert.InRange(pictures, 10, tries * 5 / 6);
    }

    [Fact]
    public async Task Mutated_PNM_files_give_a_picture_or_a_VaeException()
    {
        byte[][] files = ["P6\n# x\n2 2\n255\n0123456789ab"u8.ToArray(), "P3\n2 1\n15\n1 2 3 4 5 15"u8.ToArray(), "P5 3 2 9\n\0\x01\x02\x03\x04\x05"u8.ToArray(), "P4 9 2\nabcd"u8.ToArray(), "P1 2 2 1001"u8.ToArray(), Pam(), .. WidePnm()];
        var random = new Random(42);
        for (int i = 0; i < 2000 * files.Length; i++)
        {
            byte[] damaged = [.. files[i % files.Length]];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            await Pictures.SurvivesAsync(damaged, Limits);
        }
    }

    [Fact]
    public async Task Cancelling_and_failing_streams_show_as_themselves()
    {
        byte[] file = await SmallPngAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await PictureReader.OpenAsync(new PipeLikeStream(file, 9), cancellationToken: cancelled.Token));
        var closed = new MemoryStream(file);
        closed.Close();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await PictureReader.OpenAsync(closed));
    }

    /// <summary>A connection that breaks says nothing of the picture: what a stream throws is not damage, wherever in the file it comes.</summary>
    [Fact]
    public async Task What_a_stream_throws_in_the_middle_of_a_picture_passes_through()
    {
        byte[][] files = [await SmallPngAsync(), SmallInterlacedPng(), "P6\n# x\n2 2\n255\n0123456789ab"u8.ToArray(), "P2 2 2 255 1 2 3 444"u8.ToArray(), Pam()];
        foreach (byte[] file in files)
        {
            for (int bytes = 0; bytes < file.Length; bytes++)
            {
                var stream = new PipeLikeStream(file, 5) { FailsAfter = bytes };
                IOException failure = await Assert.ThrowsAsync<IOException>(() => ReadAsync(stream));
                Assert.True(failure.Message == PipeLikeStream.Failure, $"after {bytes} bytes: {failure.Message}");
            }
        }

        static async Task ReadAsync(Stream stream)
        {
            await using IPictureReader reader = await PictureReader.OpenAsync(stream);
            await reader.ReadRowsAsync(new byte[reader.Picture.RowBytes * reader.Picture.Height], reader.Picture.Height, default);
            await reader.CompleteAsync(default);
        }
    }

    private static byte[] Pam() => "P7\n# x\nWIDTH 2\nHEIGHT 1\nDEPTH 3\nMAXVAL 200\nTUPLTYPE RGB\nENDHDR\nabcdef"u8.ToArray();

    private static byte[][] WidePnm() =>
    [
        [.. "P5 2 1 4095\n"u8, 15, 9, 1, 0], "P2\n3 1\n1000\n1 2 30"u8.ToArray()[..^1],
        "P7\nWIDTH 1\nHEIGHT 2\nDEPTH 4\nMAXVAL 65535\nTUPLTYPE RGB_ALPHA\nENDHDR\nabcdefghabcdefgh"u8.ToArray(),
        "P7\nWIDTH 3\nHEIGHT 1\nDEPTH 2\nMAXVAL 99\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\nabcabc"u8.ToArray(),
    ];

    /// <summary>Alpha, 16 bits, transparent colours, plain and interlaced.</summary>
    private static byte[][] OtherPngs()
    {
        var random = new Random(44);
        (byte Colour, byte Depth, bool Transparent, bool Interlaced)[] kinds =
            [(6, 16, false, false), (6, 8, false, true), (4, 16, false, true), (2, 16, true, false), (0, 16, true, true), (3, 4, true, false), (0, 2, true, false)];
        return [.. kinds.Select(k => new PngKind(random, k.Colour, k.Depth, 5, 4, k.Transparent).File(random, k.Interlaced))];
    }

    private static byte[] SmallInterlacedPng() => new PngBuilder().Header(11, 6, 4, 3, interlace: 1).Chunk("PLTE", new byte[39])
        .Pixels(Adam7.Scanlines([.. Enumerable.Range(0, 66).Select(i => (byte)(i % 13))], 11, 1, 4, new Random(43)), 20).End();

    private static Task<byte[]> SmallPngAsync()
    {
        PictureMetadata metadata = new() { IccProfile = IccProfiles.Make(new Random(45), 300), Exif = [.. "II*\0abc"u8], Xmp = [.. "<x/>"u8] };
        var picture = new PictureDescription(9, 7, PixelLayout.Rgb24) { Metadata = metadata, Colour = new ColourCodePoints(12, 13, 0, true) };
        return Pictures.WriteAsync(picture, Pictures.Pixels(new Random(40), 9, 7, PixelLayout.Rgb24), PictureFormat.Png);
    }
}
