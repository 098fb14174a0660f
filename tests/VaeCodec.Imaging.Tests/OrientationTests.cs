using System.Text;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

/// <summary>Pixels are never turned, so the EXIF data that say how to show them must arrive as they were.</summary>
public class OrientationTests
{
    [TurboJpegFact]
    public async Task Orientation_survives_every_way_between_png_vae_and_jpeg()
    {
        foreach (PictureFormat from in new[] { PictureFormat.Png, PictureFormat.Jpeg })
        {
            for (byte orientation = 1; orientation <= 8; orientation++)
            {
                byte[] exif = Exif(orientation);
                byte[] file = await FileAsync(from, exif);
                MemoryRowSink read = await Pictures.ReadAsync(file);
                Assert.Equal(exif, read.Picture.Metadata.Exif);

                byte[] vae = VaeEncoder.Encode(read.Picture, read.Pixels, new VaeEncoderOptions { Lossless = true });
                DecodedPicture decoded = VaeDecoder.Decode(vae);
                Assert.Equal(exif, decoded.Picture.Metadata.Exif);
                foreach (PictureFormat to in new[] { PictureFormat.Png, PictureFormat.Jpeg })
                {
                    byte[] back = await Pictures.WriteAsync(decoded.Picture, decoded.Pixels, to);
                    MemoryRowSink again = await Pictures.ReadAsync(back);
                    Assert.Equal(exif, again.Picture.Metadata.Exif);
                    Assert.Equal((6, 4), (again.Picture.Width, again.Picture.Height));
                }
            }
        }
    }

    /// <summary>ImageMagick 6 writes EXIF data to PNG, behind the pixels, but does not read them there; JPEG it does both ways.</summary>
    [MagickJpegFact]
    public async Task ImageMagick_and_we_find_the_orientation_in_each_others_files()
    {
        string magick = ExternalTool.Magick ?? string.Empty;
        for (byte orientation = 1; orientation <= 8; orientation++)
        {
            byte[] ours = await FileAsync(PictureFormat.Jpeg, Exif(orientation));
            byte[] seen = ExternalTool.Run(magick, ours, "jpg:-", "-format", "%[EXIF:Orientation]", "info:-");
            Assert.Equal($"{orientation}", Encoding.ASCII.GetString(seen).Trim());
            foreach (string format in new[] { "png:-", "jpg:-" })
            {
                byte[] theirs = ExternalTool.Run(magick, ours, "jpg:-", format);
                Assert.Equal(Exif(orientation), (await Pictures.ReadAsync(theirs)).Picture.Metadata.Exif);
            }
        }
    }

    private static Task<byte[]> FileAsync(PictureFormat format, byte[] exif)
    {
        var picture = new PictureDescription(6, 4, PixelLayout.Rgb24) { Metadata = new PictureMetadata { Exif = exif } };
        return Pictures.WriteAsync(picture, Pictures.Pixels(new Random(61), 6, 4, PixelLayout.Rgb24), format);
    }

    /// <summary>A TIFF directory of one entry: tag 0x0112 (orientation), one short.</summary>
    private static byte[] Exif(byte orientation) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
}
