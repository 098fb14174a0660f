using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

public class RobustnessTests
{
    private static readonly VaeLimits Limits = new() { MaxPixels = 1 << 16, MaxMetadataBytes = 1 << 16, MaxMemoryBytes = 1 << 24 };

    [Fact]
    public async Task Truncation_at_every_byte_is_an_error()
    {
        byte[] png = await SmallPngAsync();
        byte[][] files = [png, SmallInterlacedPng(), "P6\n# x\n2 2\n255\n0123456789ab"u8.ToArray(), "P2 2 2 255 1 2 3 444"u8.ToArray()[..^2], "P4 9 2\nabcd"u8.ToArray(), "P1 2 2 1001"u8.ToArray(), Pam()];
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
        byte[][] files = [await SmallPngAsync(), palette, SmallInterlacedPng()];
        var random = new Random(41);
        int pictures = 0;
        for (int i = 0; i < 9000; i++)
        {
            byte[] damaged = [.. files[i % 3]];
            damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
            if (i % 6 < 3)
            {
                PngBuilder.RepairChecksums(damaged);
            }

            pictures += await Pictures.SurvivesAsync(damaged, Limits) ? 1 : 0;
        }

        Assert.InRange(pictures, 10, 7500);
    }

    [Fact]
    public async Task Mutated_PNM_files_give_a_picture_or_a_VaeException()
    {
        byte[][] files = ["P6\n# x\n2 2\n255\n0123456789ab"u8.ToArray(), "P3\n2 1\n15\n1 2 3 4 5 15"u8.ToArray(), "P5 3 2 9\n\0\x01\x02\x03\x04\x05"u8.ToArray(), "P4 9 2\nabcd"u8.ToArray(), "P1 2 2 1001"u8.ToArray(), Pam()];
        var random = new Random(42);
        for (int i = 0; i < 12000; i++)
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
            async () => await PictureReader.OpenAsync(new PipeLikeStream(file, 9), ct: cancelled.Token));
        var closed = new MemoryStream(file);
        closed.Close();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await PictureReader.OpenAsync(closed));
    }

    private static byte[] Pam() => "P7\n# x\nWIDTH 2\nHEIGHT 1\nDEPTH 3\nMAXVAL 200\nTUPLTYPE RGB\nENDHDR\nabcdef"u8.ToArray();

    private static byte[] SmallInterlacedPng() => new PngBuilder().Header(11, 6, 4, 3, interlace: 1).Chunk("PLTE", new byte[39])
        .Pixels(Adam7.Scanlines([.. Enumerable.Range(0, 66).Select(i => (byte)(i % 13))], 11, 1, 4, new Random(43)), 20).End();

    private static Task<byte[]> SmallPngAsync()
    {
        PictureMetadata metadata = new() { IccProfile = new byte[300], Exif = [.. "II*\0abc"u8], Xmp = [.. "<x/>"u8] };
        var picture = new PictureDescription(9, 7, PixelLayout.Rgb24) { Metadata = metadata, Colour = new ColourCodePoints(12, 13, 0, true) };
        return Pictures.WriteAsync(picture, Pictures.Pixels(new Random(40), 9, 7, PixelLayout.Rgb24), PictureFormat.Png);
    }
}
