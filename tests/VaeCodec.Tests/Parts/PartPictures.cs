using System.IO.Pipelines;
using VaeCodec.Tests.Deep;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Parts;

/// <summary>Files of every kind to decode parts of.</summary>
internal static class PartPictures
{
    private static readonly Dictionary<string, Lazy<byte[]>> s_files = new()
    {
        ["standard"] = new(() => Encode(1200, 800, PixelLayout.Rgb24, 8, new VaeEncoderOptions { Quality = 40, TileSize = 256 })),
        ["small"] = new(() => Encode(900, 700, PixelLayout.Rgb24, 8, SmallModel.Encoding(60))),
        ["no index"] = new(() => Encode(300, 500, PixelLayout.Rgb24, 8, SmallModel.Encoding(60))),
        ["grey"] = new(() => Encode(600, 500, PixelLayout.Gray8, 8, SmallModel.Encoding(60))),
        ["alpha"] = new(() => Encode(600, 530, PixelLayout.Rgba32, 8, SmallModel.Encoding(60))),
        ["deep"] = new(() => Encode(520, 530, PixelLayout.Rgba64, 12, SmallModel.Encoding(60))),
        ["page"] = new(() => Encode(Page(600, 700), SmallModel.Encoding(60))),
        ["lossless"] = new(() => Encode(1000, 320, PixelLayout.Rgb24, 8, new VaeEncoderOptions { Lossless = true, TileSize = 256 })),
        ["lossless alpha"] = new(() => Encode(530, 270, PixelLayout.GrayAlpha32, 16, new VaeEncoderOptions { Lossless = true, TileSize = 256 })),
        ["near"] = new(() => Encode(530, 270, PixelLayout.Rgba32, 8, new VaeEncoderOptions { MaxError = 2, TileSize = 256 })),
    };

    /// <summary>All kinds.</summary>
    public static TheoryData<string> Kinds => [.. s_files.Keys];

    /// <summary>A file, its bytes not to be changed.</summary>
    public static byte[] File(string kind) => s_files[kind].Value;

    /// <summary>Decodes a part of a file: from a stream that can seek, so by its index, or from a pipe.</summary>
    public static async Task<DecodedPicture> DecodeAsync(byte[] file, PictureRegion? region, int scale = 1, bool seek = true, int threads = 0)
    {
        VaeDecoderOptions options = new() { Models = [SmallModel.Instance], Region = region, Scale = scale, Threads = threads };
        if (!seek)
        {
            return await VaeDecoder.DecodeAsync(PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(file)), options);
        }

        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file, false), options);
        MemoryRowSink sink = new();
        await decoder.CopyToAsync(sink);
        Assert.Equal(decoder.Picture, sink.Picture);
        return new DecodedPicture(sink.Picture, sink.Pixels);
    }

    /// <summary>Cuts a part out of a picture.</summary>
    public static byte[] Crop(DecodedPicture picture, PictureRegion region)
    {
        int pixelBytes = picture.Picture.Layout.BytesPerPixel();
        byte[] part = new byte[region.Width * region.Height * pixelBytes];
        for (int row = 0; row < region.Height; row++)
        {
            picture.Pixels.AsSpan(((region.Y + row) * picture.Picture.RowBytes) + (region.X * pixelBytes), region.Width * pixelBytes).CopyTo(part.AsSpan(row * region.Width * pixelBytes));
        }

        return part;
    }

    /// <summary>A page: some tiles are drawn and some are shaded, so that tiles are coded in both ways.</summary>
    private static DeepPicture Page(int width, int height)
    {
        DeepPicture picture = DeepPicture.Create(width, height, PixelLayout.Rgba32, 8);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (((x / 256) + (y / 256)) % 2 == 0)
                {
                    byte shade = (byte)((x * 7 / 60 % 2) + (y / 9 % 3) == 2 ? 30 : 230);
                    picture.Pixels.AsSpan(((y * width) + x) * 4, 3).Fill(shade);
                }
            }
        }

        return picture;
    }

    private static byte[] Encode(int width, int height, PixelLayout layout, int depth, VaeEncoderOptions options) => Encode(DeepPicture.Create(width, height, layout, depth, 3), options);

    private static byte[] Encode(DeepPicture picture, VaeEncoderOptions options) => VaeEncoder.Encode(picture.Picture, picture.Pixels, options);
}
