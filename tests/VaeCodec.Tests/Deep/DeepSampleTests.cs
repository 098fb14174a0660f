using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Deep;

/// <summary>Files without networks, of all layouts.</summary>
public class DeepSampleTests
{
    private static readonly VaeEncoderOptions s_options = new() { Lossless = true, TileSize = 256 };

    [Theory]
    [InlineData(PixelLayout.Gray16, 16)]
    [InlineData(PixelLayout.Gray16, 9)]
    [InlineData(PixelLayout.Rgb48, 16)]
    [InlineData(PixelLayout.Rgb48, 12)]
    [InlineData(PixelLayout.GrayAlpha16, 8)]
    [InlineData(PixelLayout.Rgba32, 8)]
    [InlineData(PixelLayout.GrayAlpha32, 14)]
    [InlineData(PixelLayout.Rgba64, 16)]
    public async Task EverySample_ComesBack(PixelLayout layout, int depth)
    {
        DeepPicture picture = DeepPicture.Create(300, 120, layout, depth);
        foreach (int effort in (int[])[1, 2])
        {
            byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, s_options with { Effort = effort });
            DecodedPicture decoded = VaeDecoder.Decode(file);
            Assert.Equal((layout, depth), (decoded.Picture.Layout, decoded.Picture.BitDepth));
            Assert.Equal(picture.Pixels, decoded.Pixels);
            VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file));
            Assert.True(verification.Info!.IsLossless && verification.Problems.Count == 0);
        }
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24, 8, 2)]
    [InlineData(PixelLayout.Gray16, 16, 500)]
    [InlineData(PixelLayout.Rgba64, 12, 20)]
    public async Task WithinABound_NoSampleIsFurtherOff(PixelLayout layout, int depth, int bound)
    {
        DeepPicture picture = DeepPicture.Create(300, 120, layout, depth);
        int exact = VaeEncoder.Encode(picture.Picture, picture.Pixels, s_options).Length;
        foreach (int effort in (int[])[1, 2])
        {
            byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, s_options with { Lossless = false, MaxError = bound, Effort = effort });
            Assert.InRange(file.Length, 1, exact * 0.9);
            VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(file));
            Assert.Equal((false, false, bound), (info.HasNetworks, info.IsLossless, info.MaxError));
            byte[] decoded = VaeDecoder.Decode(file).Pixels;
            int[] left = DeepPicture.ToSamples(picture.Pixels, layout), right = DeepPicture.ToSamples(decoded, layout);
            for (int i = 0; i < left.Length; i++)
            {
                bool alpha = layout.HasAlpha() && i % layout.Channels() == layout.Channels() - 1;
                Assert.InRange(Math.Abs(left[i] - right[i]), 0, alpha ? 0 : bound);
            }
        }
    }

    [Fact]
    public async Task ALosslessFile_CarriesItsDigest_UnlessToldNotTo()
    {
        DeepPicture picture = DeepPicture.Create(300, 120, PixelLayout.Rgb24, 8);
        byte[] with = VaeEncoder.Encode(picture.Picture, picture.Pixels, s_options), without = VaeEncoder.Encode(picture.Picture, picture.Pixels, s_options with { Digest = false });

        // A section of 32 bytes.
        Assert.Equal(without.Length + 44, with.Length);
        Assert.Equal(picture.Pixels, VaeDecoder.Decode(without).Pixels);

        // Another digest with its section's crc put right.
        int digest = FileSections.Offsets(with, 'D').Single();
        with[digest + 8] ^= 1;
        FileSections.Repair(with, digest);
        VaeFormatException exception = Assert.Throws<VaeFormatException>(() => VaeDecoder.Decode(with));
        Assert.Equal(VaeError.CorruptSymbols, exception.Error);
        Assert.Contains("SHA-256", exception.Message, StringComparison.Ordinal);
        VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(with));
        Assert.Equal(exception.Message, Assert.Single(verification.Problems).Message);

        // Every tile is intact, so a partial decode gives all of the picture and says what is wrong.
        MemoryRowSink sink = new();
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(with), new VaeDecoderOptions { AllowPartial = true });
        await decoder.CopyToAsync(sink);
        Assert.Equal(picture.Pixels, sink.Pixels);
        Assert.Empty(decoder.LostTiles);
        Assert.Equal(exception.Message, decoder.TailProblem!.Message);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        DeepPicture picture = DeepPicture.Create(20, 10, PixelLayout.Rgb48, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeEncoder.Encode(picture.Picture with { BitDepth = 8 }, picture.Pixels, s_options));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeEncoder.Encode(picture.Picture with { BitDepth = 17 }, picture.Pixels, s_options));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeEncoder.Encode(new PictureDescription(20, 20, PixelLayout.Rgb24) { BitDepth = 9 }, picture.Pixels, s_options));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeEncoder.Encode(picture.Picture, picture.Pixels, new VaeEncoderOptions { MaxError = 2048 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeEncoder.Encode(picture.Picture, picture.Pixels, new VaeEncoderOptions { MaxError = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeEncoder.Encode(picture.Picture, picture.Pixels, s_options with { AlphaQuality = 0 }));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => VaeEncoder.Encode(picture.Picture with { BitDepth = 10 }, picture.Pixels, s_options));
        Assert.Contains("above 1023", exception.Message, StringComparison.Ordinal);
    }
}
