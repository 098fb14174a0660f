using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Deep;

/// <summary>Alpha and more than 8 bits beside networks.</summary>
public class DeepLossyTests
{
    public static TheoryData<PixelLayout, int, int> Kinds => new()
    {
        { PixelLayout.Gray16, 16, 1 },
        { PixelLayout.Rgb48, 16, 2 },
        { PixelLayout.Rgb48, 10, 3 },
        { PixelLayout.GrayAlpha16, 8, 2 },
        { PixelLayout.Rgba32, 8, 1 },
        { PixelLayout.Rgba32, 8, 3 },
        { PixelLayout.GrayAlpha32, 12, 1 },
        { PixelLayout.Rgba64, 16, 2 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ColourIsNear_AlphaExact_AndThreadsDoNotShow(PixelLayout layout, int depth, int effort)
    {
        DeepPicture picture = DeepPicture.Create(300, 270, layout, depth);
        VaeEncoderOptions options = SmallModel.Encoding(80) with { Effort = effort, Threads = 1 };
        byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, options);
        Assert.Equal(file, VaeEncoder.Encode(picture.Picture, picture.Pixels, options with { Threads = 3 }));
        DecodedPicture decoded = VaeDecoder.Decode(file, SmallModel.Decoding() with { Threads = 1 });
        Assert.Equal(decoded.Pixels, VaeDecoder.Decode(file, SmallModel.Decoding() with { Threads = 2 }).Pixels);
        Assert.Equal((layout, depth), (decoded.Picture.Layout, decoded.Picture.BitDepth));
        Assert.InRange(picture.Psnr(decoded.Pixels), 24, 99);
        if (layout.HasAlpha())
        {
            Assert.Equal(DeepPicture.Alpha(picture.Pixels, layout), DeepPicture.Alpha(decoded.Pixels, layout));
        }
    }

    [Fact]
    public void WhatIsSpreadOverSixteenBits_DecodesToTheSameColours_OnlyFiner()
    {
        (PictureDescription narrow, byte[] pixels) = TestPicture.Create(200, 130);
        PictureDescription wide = new(200, 130, PixelLayout.Rgb48);
        byte[] spread = DeepPicture.ToBytes([.. pixels.Select(sample => sample * 257)], wide.Layout);
        int[] decoded = DeepPicture.ToSamples(VaeDecoder.Decode(VaeEncoder.Encode(wide, spread, SmallModel.Encoding(70)), SmallModel.Decoding()).Pixels, wide.Layout);
        byte[] coarse = VaeDecoder.Decode(VaeEncoder.Encode(narrow, pixels, SmallModel.Encoding(70)), SmallModel.Decoding()).Pixels;
        for (int i = 0; i < coarse.Length; i++)
        {
            Assert.InRange(decoded[i] / 257.0, coarse[i] - 0.51, coarse[i] + 0.51);
        }

        Assert.InRange(decoded.Count(sample => sample % 257 != 0), decoded.Length * 9 / 10, decoded.Length);
    }

    [Theory]
    [InlineData(PixelLayout.Rgba32, 8)]
    [InlineData(PixelLayout.GrayAlpha32, 16)]
    public void AlphaOfAQuality_IsWithinItsBound_AndItsEndsAreExact(PixelLayout layout, int depth)
    {
        DeepPicture picture = DeepPicture.Create(300, 270, layout, depth);
        int[] original = DeepPicture.Alpha(picture.Pixels, layout);
        int before = VaeEncoder.Encode(picture.Picture, picture.Pixels, SmallModel.Encoding(50)).Length;
        foreach (int quality in (int[])[90, 50, 1])
        {
            byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, SmallModel.Encoding(50) with { AlphaQuality = quality });
            Assert.True(file.Length < before, $"Alpha of quality {quality}: {file.Length} bytes after {before}.");
            before = file.Length;
            int[] decoded = DeepPicture.Alpha(VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels, layout);
            int most = (int)((100L - quality) * 32 * picture.Picture.MaxSample / 25500);
            for (int i = 0; i < original.Length; i++)
            {
                int bound = original[i] == 0 || original[i] == picture.Picture.MaxSample ? 0 : most;
                Assert.InRange(Math.Abs(original[i] - decoded[i]), 0, bound);
            }
        }
    }

    [Theory]
    [InlineData(PixelLayout.Rgba32, 8)]
    [InlineData(PixelLayout.Rgba64, 16)]
    public void WhatIsUnderTransparentPixels_DoesNotCount(PixelLayout layout, int depth)
    {
        DeepPicture picture = DeepPicture.Create(300, 270, layout, depth);
        int[] samples = DeepPicture.ToSamples(picture.Pixels, layout), other = [.. samples];
        int replaced = 0;
        for (int i = 0; i < other.Length; i += 4)
        {
            if (samples[i + 3] == 0)
            {
                (other[i], other[i + 1], other[i + 2]) = (i % picture.Picture.MaxSample, 7, picture.Picture.MaxSample);
                replaced++;
            }
        }

        Assert.InRange(replaced, 1000, 300 * 270 / 2);
        byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, SmallModel.Encoding(60));
        Assert.Equal(file, VaeEncoder.Encode(picture.Picture, DeepPicture.ToBytes(other, layout), SmallModel.Encoding(60)));
    }

    [Fact]
    public async Task ALostTile_IsOpaque_AndTheOthersKeepTheirAlpha()
    {
        DeepPicture picture = DeepPicture.Create(600, 200, PixelLayout.Rgba32, 8);
        byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, SmallModel.Encoding(50));
        file[FileSections.Offsets(file, 'T')[0] + 40] ^= 1;
        MemoryRowSink sink = new();
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), SmallModel.Decoding() with { AllowPartial = true });
        await decoder.CopyToAsync(sink);
        Assert.Single(decoder.LostTiles);
        int[] original = DeepPicture.Alpha(picture.Pixels, PixelLayout.Rgba32), decoded = DeepPicture.Alpha(sink.Pixels, PixelLayout.Rgba32);
        for (int i = 0; i < original.Length; i++)
        {
            Assert.Equal(i % 600 < 256 ? 255 : original[i], decoded[i]);
        }
    }

    [Fact]
    public async Task VerificationLooksAtAlpha()
    {
        DeepPicture picture = DeepPicture.Create(600, 200, PixelLayout.GrayAlpha16, 8);
        byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, SmallModel.Encoding(50));
        VaeVerification sound = await VaeVerifier.VerifyAsync(new MemoryStream(file), SmallModel.Decoding());
        Assert.Empty(sound.Problems);

        // The checksum of alpha is the second field of the coded bytes; with its section's crc put right only the samples can tell.
        int tile = FileSections.Offsets(file, 'T')[1];
        file[tile + 8 + 8 + 4] ^= 1;
        FileSections.Repair(file, tile);
        VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file), SmallModel.Decoding());
        Assert.Equal(VaeError.CorruptSymbols, Assert.Single(verification.Problems).Error);
        VaeFormatException exception = Assert.Throws<VaeFormatException>(() => VaeDecoder.Decode(file, SmallModel.Decoding()));
        Assert.Equal(VaeError.CorruptSymbols, exception.Error);
    }
}
