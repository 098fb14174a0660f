using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;
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

    private static DecoderOptions Options() => new() { Configuration = s_configuration };

    private static Configuration Create()
    {
        Configuration configuration = Configuration.Default.Clone();
        configuration.Configure(new VaeConfigurationModule());
        return configuration;
    }
}
