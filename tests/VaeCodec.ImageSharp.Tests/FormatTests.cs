using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Cicp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Codec = VaeCodec;

namespace VaeCodec.ImageSharp.Tests;

/// <summary>.vae as a format of ImageSharp, used as its users use formats.</summary>
public class FormatTests
{
    private static readonly Configuration s_configuration = Create();
    private static readonly VaeEncoder s_lossless = new() { Lossless = true };

    [Fact]
    public void EveryPixelTypeComesBackExactly_WhereTheFileHoldsIt()
    {
        RoundTrip<L8>(PixelLayout.Gray8);
        RoundTrip<La16>(PixelLayout.GrayAlpha16);
        RoundTrip<L16>(PixelLayout.Gray16);
        RoundTrip<La32>(PixelLayout.GrayAlpha32);
        RoundTrip<Rgb24>(PixelLayout.Rgb24);
        RoundTrip<Bgr24>(PixelLayout.Rgb24);
        RoundTrip<Rgba32>(PixelLayout.Rgba32);
        RoundTrip<Bgra32>(PixelLayout.Rgba32);
        RoundTrip<Argb32>(PixelLayout.Rgba32);
        RoundTrip<Abgr32>(PixelLayout.Rgba32);
        RoundTrip<Rgb48>(PixelLayout.Rgb48);
        RoundTrip<Rgba64>(PixelLayout.Rgba64);
        RoundTrip<Bgr565>(PixelLayout.Rgb24);
        RoundTrip<Bgra5551>(PixelLayout.Rgba32);
        RoundTrip<Rgba1010102>(PixelLayout.Rgba64);
    }

    /// <summary>A quality that nothing obeys would be lost without a word.</summary>
    [Fact]
    public void OptionsBesideTheCodecsOwn_AreRefused()
    {
        using Image<Rgb24> image = Picture<Rgb24>(8, 8);
        VaeEncoderOptions own = new() { Lossless = true, Threads = 1 };
        Assert.Throws<InvalidOperationException>(() => Encode(image, new VaeEncoder { Lossless = true, CodecOptions = own }));
        Assert.Throws<InvalidOperationException>(() => Encode(image, new VaeEncoder { Quality = 75, CodecOptions = own }));
        Assert.NotEmpty(Encode(image, new VaeEncoder { CodecOptions = own }));
    }

    /// <summary>A lossy file gives each type what the codec's own decode gives, as that type.</summary>
    [Fact]
    public void AnyPixelTypeCanBeAskedFor()
    {
        using Image<Rgb24> image = Picture<Rgb24>(80, 60);
        byte[] file = Encode(image, new VaeEncoder { Quality = 60 });
        byte[] expected = Codec.VaeDecoder.Decode(file).Pixels;
        using Image<Rgba32> rgba = Image.Load<Rgba32>(Options(), file);
        using Image<Bgra4444> small = Image.Load<Bgra4444>(Options(), file);
        using Image<RgbaVector> vector = Image.Load<RgbaVector>(Options(), file);
        for (int y = 0; y < 60; y++)
        {
            for (int x = 0; x < 80; x++)
            {
                int at = ((y * 80) + x) * 3;
                Assert.Equal(new Rgba32(expected[at], expected[at + 1], expected[at + 2], 255), rgba[x, y]);
                Assert.Equal(rgba[x, y], ToRgba(vector[x, y]));
            }
        }

        Assert.Equal((80, 60), (small.Width, small.Height));
    }

    [Fact]
    public async Task LoadsIdentifiesAndSaves_WhereItIsConfigured()
    {
        string folder = Directory.CreateTempSubdirectory("vaecodec-imagesharp-").FullName;
        try
        {
            Configuration.Default.Configure(new VaeConfigurationModule());
            using Image<Rgb24> image = Picture<Rgb24>(200, 150);
            string path = Path.Combine(folder, "a.vae");
            image.SaveAsVae(path);
            await image.SaveAsVaeAsync(Path.Combine(folder, "b.vae"), new VaeEncoder { Quality = 20 });
            image.Save(Path.Combine(folder, "c.vae"));
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(folder, "c.vae")));
            Assert.True(new FileInfo(Path.Combine(folder, "b.vae")).Length < new FileInfo(path).Length);
            Assert.Same(VaeFormat.Instance, Image.DetectFormat(path));
            Assert.Same(VaeFormat.Instance, await Image.DetectFormatAsync(path));

            ImageInfo info = Image.Identify(path);
            Assert.Equal((200, 150, 24), (info.Width, info.Height, info.PixelType.BitsPerPixel));
            VaeMetadata metadata = info.Metadata.GetVaeMetadata();
            Assert.Equal((75, false, PixelLayout.Rgb24, 8, VaeModel.Standard.Identity), (metadata.Quality, metadata.IsLossless, metadata.Layout, metadata.BitDepth, metadata.ModelIdentity));

            using Image loaded = await Image.LoadAsync(path);
            Assert.IsType<Image<Rgb24>>(loaded);
            Assert.Same(VaeFormat.Instance, loaded.Metadata.DecodedImageFormat);

            // And on to another format.
            await loaded.SaveAsWebpAsync(Path.Combine(folder, "a.webp"));
            using Image again = Image.Load(Path.Combine(folder, "a.webp"));
            again.SaveAsVae(Path.Combine(folder, "d.vae"));
            Assert.Equal((200, 150), (Image.Identify(Path.Combine(folder, "d.vae")).Width, again.Height));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void MetadataTravelAlong_UnlessTheyAreSkipped()
    {
        using Image<Rgb24> image = Picture<Rgb24>(40, 30);
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)6);
        image.Metadata.XmpProfile = new XmpProfile("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"></x:xmpmeta>"u8.ToArray());
        byte[] file = Encode(image, s_lossless);
        using Image back = Image.Load(Options(), file);
        Assert.True(back.Metadata.ExifProfile!.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? orientation));
        Assert.Equal(6, orientation!.Value);
        Assert.Equal(image.Metadata.XmpProfile.ToByteArray(), back.Metadata.XmpProfile!.ToByteArray());
        Assert.NotNull(Image.Identify(Options(), new MemoryStream(file)).Metadata.ExifProfile);

        using Image without = Image.Load(new DecoderOptions { Configuration = s_configuration, SkipMetadata = true }, file);
        Assert.Null(without.Metadata.ExifProfile);
        Assert.Null(without.Metadata.XmpProfile);
        byte[] stripped = Encode(image, new VaeEncoder { Lossless = true, SkipMetadata = true });
        Assert.True(stripped.Length < file.Length);
        Assert.Null(Image.Identify(Options(), new MemoryStream(stripped)).Metadata.ExifProfile);
    }

    /// <summary>PNG and JPEG keep it in fields of their own, which ImageSharp does not tell as EXIF.</summary>
    [Theory]
    [InlineData(300, 300, PixelResolutionUnit.PixelsPerInch)]
    [InlineData(299.5, 72, PixelResolutionUnit.PixelsPerInch)]
    [InlineData(118, 59, PixelResolutionUnit.PixelsPerCentimeter)]
    [InlineData(2, 1, PixelResolutionUnit.AspectRatio)]
    public void TheResolutionTravelsAlong(double x, double y, PixelResolutionUnit unit)
    {
        using Image<Rgb24> image = Picture<Rgb24>(8, 8);
        (image.Metadata.HorizontalResolution, image.Metadata.VerticalResolution, image.Metadata.ResolutionUnits) = (x, y, unit);
        using Image back = Image.Load(Options(), Encode(image, s_lossless));
        Assert.Equal((x, y, unit), (back.Metadata.HorizontalResolution, back.Metadata.VerticalResolution, back.Metadata.ResolutionUnits));
        Assert.Null(image.Metadata.ExifProfile);

        // What EXIF says itself counts.
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.XResolution, new Rational(600));
        image.Metadata.ExifProfile.SetValue(ExifTag.YResolution, new Rational(600));
        using Image said = Image.Load(Options(), Encode(image, s_lossless));
        Assert.Equal((600, 600, PixelResolutionUnit.PixelsPerInch), (said.Metadata.HorizontalResolution, said.Metadata.VerticalResolution, said.Metadata.ResolutionUnits));
    }

    [Fact]
    public void PixelsAMetreBecomeThoseOfACentimetre_AndNoResolutionIsNone()
    {
        using Image<Rgb24> image = Picture<Rgb24>(8, 8);
        Assert.Null(Codec.VaeDecoder.Decode(Encode(image, s_lossless)).Picture.Metadata.Exif);
        (image.Metadata.HorizontalResolution, image.Metadata.VerticalResolution, image.Metadata.ResolutionUnits) = (11811, 11811, PixelResolutionUnit.PixelsPerMeter);
        using Image back = Image.Load(Options(), Encode(image, s_lossless));
        Assert.Equal((118.11, 118.11, PixelResolutionUnit.PixelsPerCentimeter), (back.Metadata.HorizontalResolution, back.Metadata.VerticalResolution, back.Metadata.ResolutionUnits));
    }

    [Fact]
    public async Task CodePointsTravelAlong()
    {
        using Image<Rgb24> image = Picture<Rgb24>(40, 30);
        image.Metadata.CicpProfile = new CicpProfile(9, 16, 0, true);
        byte[] file = Encode(image, new VaeEncoder { Lossless = true, SkipMetadata = true });
        Assert.Equal(new ColourCodePoints(9, 16, 0, true), await ColourAsync(file));
        using Image back = Image.Load(new DecoderOptions { Configuration = s_configuration, SkipMetadata = true }, file);
        foreach (CicpProfile profile in new[] { back.Metadata.CicpProfile!, Image.Identify(Options(), new MemoryStream(file)).Metadata.CicpProfile! })
        {
            Assert.Equal((CicpColorPrimaries.ItuRBt2020_2, CicpTransferCharacteristics.SmpteSt2084), (profile.ColorPrimaries, profile.TransferCharacteristics));
            Assert.Equal((CicpMatrixCoefficients.Identity, true), (profile.MatrixCoefficients, profile.FullRange));
        }

        // Code points that ImageSharp has no names for.
        ColourCodePoints unknown = new(200, 201, 202, false);
        byte[] other = Codec.VaeEncoder.Encode(new PictureDescription(2, 1, PixelLayout.Gray8) { Colour = unknown }, new byte[2], new VaeEncoderOptions { Lossless = true });
        using Image loaded = Image.Load(Options(), other);
        Assert.Equal(unknown, await ColourAsync(Encode(loaded, s_lossless)));

        // sRGB is what a picture is that says nothing.
        image.Metadata.CicpProfile = null;
        byte[] plain = Encode(image, s_lossless);
        Assert.Equal(ColourCodePoints.Srgb, await ColourAsync(plain));
        Assert.Null(Image.Identify(Options(), new MemoryStream(plain)).Metadata.CicpProfile);
    }

    [Fact]
    public void AColourProfileThatIsNotForTheSamples_IsRefused()
    {
        using Image<Rgb24> image = Picture<Rgb24>(20, 10);
        image.Metadata.IccProfile = new IccProfile(ColourProfile.Create("RGB "));
        using Image back = Image.Load(Options(), Encode(image, s_lossless));
        Assert.Equal(image.Metadata.IccProfile.ToByteArray(), back.Metadata.IccProfile!.ToByteArray());

        image.Metadata.IccProfile = new IccProfile(ColourProfile.Create("CMYK"));
        VaeUnsupportedException refusal = Assert.Throws<VaeUnsupportedException>(() => Encode(image, s_lossless));
        Assert.Contains("'CMYK'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("image.Metadata.IccProfile = null", refusal.Message, StringComparison.Ordinal);
        Encode(image, new VaeEncoder { Lossless = true, SkipMetadata = true });

        // A profile for grey goes with grey samples alone, one for RGB with both.
        image.Metadata.IccProfile = new IccProfile(ColourProfile.Create("GRAY"));
        Assert.Contains("CloneAs<L8>", Assert.Throws<VaeUnsupportedException>(() => Encode(image, s_lossless)).Message, StringComparison.Ordinal);
        using Image<L8> grey = image.CloneAs<L8>();
        Encode(grey, s_lossless);
        grey.Metadata.IccProfile = new IccProfile(ColourProfile.Create("RGB "));
        Encode(grey, s_lossless);

        image.Metadata.IccProfile = new IccProfile(ColourProfile.Create("RGB ")[..100]);
        Assert.Contains("100 bytes", Assert.Throws<VaeFormatException>(() => Encode(image, s_lossless)).Message, StringComparison.Ordinal);
        byte[] noProfile = ColourProfile.Create("RGB ");
        noProfile[36] = 0;
        image.Metadata.IccProfile = new IccProfile(noProfile);
        Assert.Contains("acsp", Assert.Throws<VaeFormatException>(() => Encode(image, s_lossless)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATargetSize_IsDecodedAtAScale()
    {
        using Image<Rgb24> image = Picture<Rgb24>(640, 480);
        byte[] file = Encode(image, new VaeEncoder { Quality = 80 });
        using Image small = Image.Load(new DecoderOptions { Configuration = s_configuration, TargetSize = new Size(100, 100), MaxFrames = 1 }, file);
        Assert.Equal((100, 75), (small.Width, small.Height));
        using Image exact = Image.Load(new DecoderOptions { Configuration = s_configuration, TargetSize = new Size(160, 120) }, file);
        byte[] quarter = Codec.VaeDecoder.Decode(file, new Codec.VaeDecoderOptions { Scale = 4 }).Pixels;
        byte[] pixels = new byte[160 * 120 * 3];
        ((Image<Rgb24>)exact).CopyPixelDataTo(pixels);
        Assert.Equal(quarter, pixels);
    }

    /// <summary>A side of 0 keeps the shape, as everywhere in ImageSharp; and a scale whose height is that of the target by chance (1/4: 160 x 120) is not the end of it.</summary>
    [Theory]
    [InlineData(0, 60, 8, 80, 60)]
    [InlineData(100, 0, 4, 100, 75)]
    [InlineData(100, 120, 4, 100, 75)]
    [InlineData(640, 100, 4, 133, 100)]
    [InlineData(640, 480, 1, 640, 480)]
    [InlineData(640, 900, 1, 640, 480)]
    public void APictureFitsIntoItsTarget(int width, int height, int scale, int expectedWidth, int expectedHeight)
    {
        using Image<Rgb24> image = Picture<Rgb24>(640, 480);
        byte[] file = Encode(image, new VaeEncoder { Quality = 80 });
        DecoderOptions options = new() { Configuration = s_configuration, TargetSize = new Size(width, height) };
        using Image<Rgb24> small = Image.Load<Rgb24>(options, file);
        Assert.Equal((expectedWidth, expectedHeight), (small.Width, small.Height));

        byte[] scaled = Codec.VaeDecoder.Decode(file, new Codec.VaeDecoderOptions { Scale = scale }).Pixels;
        using Image<Rgb24> expected = Image.LoadPixelData<Rgb24>(scaled, 640 / scale, 480 / scale);
        expected.Mutate(context => context.Resize(expectedWidth, expectedHeight, options.Sampler));
        Assert.Equal(Pixels(expected), Pixels(small));

        static byte[] Pixels(Image<Rgb24> picture)
        {
            byte[] pixels = new byte[picture.Width * picture.Height * 3];
            picture.CopyPixelDataTo(pixels);
            return pixels;
        }
    }

    [Fact]
    public void AnXmpProfileWithoutData_IsNone()
    {
        using Image<Rgb24> image = Picture<Rgb24>(64, 64);
        image.Metadata.XmpProfile = new XmpProfile();
        using Image back = Image.Load(Options(), Encode(image, new VaeEncoder()));
        Assert.Null(back.Metadata.XmpProfile);
    }

    [Fact]
    public void TheCodecsOwnOptions_CanBeUsed()
    {
        using Image<Rgb24> image = Picture<Rgb24>(300, 200);
        byte[] file = Encode(image, new VaeEncoder { CodecOptions = new VaeEncoderOptions { MaxError = 2 } });
        Assert.Equal(2, Image.Identify(Options(), new MemoryStream(file)).Metadata.GetVaeMetadata().MaxError);
        VaeDecoderOptions region = new() { GeneralOptions = Options(), CodecOptions = new Codec.VaeDecoderOptions { Region = new PictureRegion(10, 20, 50, 40) } };
        using Image<Rgb24> part = VaeDecoder.Instance.Decode<Rgb24>(region, new MemoryStream(file));
        Assert.Equal((50, 40), (part.Width, part.Height));
        VaeDecoderOptions limited = new() { GeneralOptions = Options(), CodecOptions = new Codec.VaeDecoderOptions { Limits = new VaeLimits { MaxPixels = 1000 } } };
        InvalidImageContentException exception = Assert.Throws<InvalidImageContentException>(() => VaeDecoder.Instance.Decode(limited, new MemoryStream(file)));
        Assert.IsType<VaeLimitException>(exception.InnerException);
    }

    /// <summary>A decode that is asked for no pixel type reads the header first, with the same limits.</summary>
    [Fact]
    public void RaisedLimitsHold_ForADecodeOfAnyPixelType()
    {
        byte[] profile = new byte[VaeLimits.Default.MaxIccProfileBytes + 1];
        ColourProfile.Create("RGB ").CopyTo(profile, 0);
        VaeLimits raised = new() { MaxIccProfileBytes = profile.Length };
        using Image<Rgb24> image = Picture<Rgb24>(20, 10);
        image.Metadata.IccProfile = new IccProfile(profile);
        byte[] file = Encode(image, new VaeEncoder { CodecOptions = new VaeEncoderOptions { Lossless = true, Limits = raised } });
        VaeDecoderOptions options = new() { GeneralOptions = Options(), CodecOptions = new Codec.VaeDecoderOptions { Limits = raised } };
        using Image back = VaeDecoder.Instance.Decode(options, new MemoryStream(file));
        Assert.Equal(profile.Length, back.Metadata.IccProfile!.ToByteArray().Length);
        Assert.Throws<InvalidImageContentException>(() => Image.Load(Options(), file));
    }

    /// <summary>As ImageSharp's own decoders say it.</summary>
    [Fact]
    public void AnAllocatorWithoutRoom_IsSaidInImageSharpsExceptions()
    {
        byte[] file = global::VaeCodec.VaeEncoder.Encode(new PictureDescription(2000, 600, PixelLayout.Rgb24), new byte[2000 * 600 * 3], new VaeEncoderOptions { Lossless = true });
        DecoderOptions options = new() { Configuration = Options().Configuration.Clone() };
        options.Configuration.MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = 1 });
        Assert.Throws<InvalidImageContentException>(() => Image.Load(options, file));
    }

    /// <summary>Code points outrank a profile, and those of sRGB are what a picture has that states none.</summary>
    [Fact]
    public void AProfileThatCodePointsOutrank_DoesNotTravel()
    {
        using Image<Rgb24> image = Picture<Rgb24>(20, 10);
        image.Metadata.IccProfile = new IccProfile(ColourProfile.Create("RGB "));
        Assert.NotNull(Image.Identify(Options(), new MemoryStream(Encode(image, s_lossless))).Metadata.IccProfile);
        image.Metadata.CicpProfile = new CicpProfile(1, 13, 0, true);
        Assert.Null(Image.Identify(Options(), new MemoryStream(Encode(image, s_lossless))).Metadata.IccProfile);
    }

    [Fact]
    public void WhatIsBroken_IsSaidInImageSharpsExceptions()
    {
        using Image<Rgb24> image = Picture<Rgb24>(60, 50);
        byte[] file = Encode(image, s_lossless);
        for (int length = 8; length < file.Length; length += 7)
        {
            InvalidImageContentException exception = Assert.Throws<InvalidImageContentException>(() => Image.Load(Options(), file.AsSpan(0, length)));
            Assert.IsType<VaeFormatException>(exception.InnerException);
        }

        byte[] damaged = [.. file];
        damaged[^60] ^= 1;
        Assert.Throws<InvalidImageContentException>(() => Image.Load<L8>(Options(), damaged));
        Assert.Throws<UnknownImageFormatException>(() => Image.Load(Options(), [1, 2, 3, 4, 5, 6, 7, 8, 9]));
        Assert.Throws<UnknownImageFormatException>(() => VaeDecoder.Instance.Decode<Rgb24>(Options(), new MemoryStream([1, 2, 3, 4, 5, 6, 7, 8, 9])));
    }

    [Fact]
    public async Task Cancels()
    {
        using Image<Rgb24> image = Picture<Rgb24>(500, 400);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => image.SaveAsVaeAsync(new MemoryStream(), null, stop.Token));
        byte[] file = Encode(image, s_lossless);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Image.LoadAsync(Options(), new MemoryStream(file), stop.Token));
    }

    private static void RoundTrip<TPixel>(PixelLayout layout)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<TPixel> image = Picture<TPixel>(67, 45);
        byte[] file = Encode(image, s_lossless);
        Assert.Equal(layout, Image.Identify(Options(), new MemoryStream(file)).Metadata.GetVaeMetadata().Layout);
        using Image<TPixel> back = Image.Load<TPixel>(Options(), file);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                Assert.True(image[x, y].Equals(back[x, y]), $"{typeof(TPixel).Name} at {x},{y}: {image[x, y]} came back as {back[x, y]}.");
            }
        }
    }

    private static Image<TPixel> Picture<TPixel>(int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Image<TPixel> image = new(s_configuration, width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                TPixel pixel = default;
                pixel.FromRgba64(new Rgba64((ushort)(x * 977), (ushort)(y * 1311), (ushort)((x ^ y) * 400), (ushort)(65535 - (x * 900))));
                image[x, y] = pixel;
            }
        }

        return image;
    }

    private static Rgba32 ToRgba(RgbaVector vector)
    {
        Rgba32 pixel = default;
        vector.ToRgba32(ref pixel);
        return pixel;
    }

    private static byte[] Encode(Image image, VaeEncoder encoder)
    {
        using MemoryStream stream = new();
        image.SaveAsVae(stream, encoder);
        return stream.ToArray();
    }

    private static async Task<ColourCodePoints> ColourAsync(byte[] file) => (await VaeImageInfo.ReadAsync(new MemoryStream(file))).Picture.Colour;

    internal static DecoderOptions Options() => new() { Configuration = s_configuration };

    private static Configuration Create()
    {
        Configuration configuration = Configuration.Default.Clone();
        configuration.Configure(new VaeConfigurationModule());
        return configuration;
    }
}
