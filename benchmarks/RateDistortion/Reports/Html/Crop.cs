using VaeCodec.Imaging;

namespace VaeCodec.RateDistortion.Reports.Html;

/// <summary>A square out of an RGB picture.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct Crop(int Left, int Top, int Width, int Height)
{
    private const int Side = 176;
    private const int Step = 16;
    private const int Amplification = 4;

    /// <summary>The part of a picture in which green varies most: where codecs have something to do.</summary>
    public static Crop Choose(byte[] pixels, int width, int height)
    {
        int columns = Math.Min(Side, width);
        int rows = Math.Min(Side, height);
        var best = new Crop(0, 0, columns, rows);
        double most = -1;
        for (int top = 0; top + rows <= height; top += Step)
        {
            for (int left = 0; left + columns <= width; left += Step)
            {
                var crop = new Crop(left, top, columns, rows);
                double variance = crop.Variance(pixels, width);
                (best, most) = variance > most ? (crop, variance) : (best, most);
            }
        }

        return best;
    }

    /// <summary>The part as an address that holds the picture itself.</summary>
    public Task<string> DrawAsync(byte[] pixels, int pictureWidth) => EncodeAsync(Cut(pixels, pictureWidth));

    /// <summary>The absolute differences to another picture, four times as strong.</summary>
    public Task<string> DrawErrorAsync(byte[] original, byte[] decoded, int pictureWidth)
    {
        byte[] first = Cut(original, pictureWidth);
        byte[] second = Cut(decoded, pictureWidth);
        return EncodeAsync([.. first.Zip(second, (left, right) => (byte)Math.Min(255, Amplification * Math.Abs(left - right)))]);
    }

    private double Variance(byte[] pixels, int pictureWidth)
    {
        double sum = 0;
        double squares = 0;
        for (int y = Top; y < Top + Height; y += 2)
        {
            for (int x = Left; x < Left + Width; x += 2)
            {
                double value = pixels[(((y * pictureWidth) + x) * 3) + 1];
                sum += value;
                squares += value * value;
            }
        }

        double count = (Width + 1) / 2 * ((Height + 1) / 2);
        return (squares / count) - (sum / count * (sum / count));
    }

    private byte[] Cut(byte[] pixels, int pictureWidth)
    {
        byte[] part = new byte[Width * Height * 3];
        for (int row = 0; row < Height; row++)
        {
            pixels.AsSpan((((Top + row) * pictureWidth) + Left) * 3, Width * 3).CopyTo(part.AsSpan(row * Width * 3));
        }

        return part;
    }

    private async Task<string> EncodeAsync(byte[] part)
    {
        using var stream = new MemoryStream();
        IRowSink sink = PictureWriter.Create(stream, PictureFormat.Png);
        await sink.BeginAsync(new PictureDescription(Width, Height, PixelLayout.Rgb24), CancellationToken.None);
        await sink.WriteRowsAsync(part, Height, CancellationToken.None);
        await sink.EndAsync(CancellationToken.None);
        return "data:image/png;base64," + Convert.ToBase64String(stream.ToArray());
    }
}
