namespace VaeCodec.Imaging;

/// <summary>Makes pictures smaller, or larger by repeating pixels: each pixel of the result is the mean of the area that it covers.</summary>
public static class PictureScaling
{
    private const int Channels = 3;

    /// <summary>Scales a picture of 8-bit red, green and blue.</summary>
    /// <param name="picture">The picture; its metadata are left behind. Means are taken of the samples as they are stored, not of light.</param>
    /// <param name="width">Pixels in a row of the result, above 0.</param>
    /// <param name="height">Its rows, above 0.</param>
    /// <exception cref="ArgumentException">Another layout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is not above 0.</exception>
    public static DecodedPicture Scale(DecodedPicture picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        PictureDescription source = RequireRgb(picture);
        return Scale(picture.Pixels, source.RowBytes, source.Width, source.Height, width, height);
    }

    /// <summary>Cuts the largest square out of the middle and scales it.</summary>
    /// <param name="picture">The picture, of 8-bit red, green and blue.</param>
    /// <param name="side">Side of the result in pixels.</param>
    /// <exception cref="ArgumentException">Another layout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The side is not above 0.</exception>
    public static DecodedPicture MiddleSquare(DecodedPicture picture, int side)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        PictureDescription source = RequireRgb(picture);
        int square = Math.Min(source.Width, source.Height), left = (source.Width - square) / 2, top = (source.Height - square) / 2;
        return Scale(picture.Pixels.AsSpan((top * source.RowBytes) + (left * Channels)), source.RowBytes, square, square, side, side);
    }

    private static PictureDescription RequireRgb(DecodedPicture picture)
        => picture.Picture.Layout == PixelLayout.Rgb24 ? picture.Picture : throw new ArgumentException("Only pictures of 8-bit red, green and blue are scaled.", nameof(picture));

    private static DecodedPicture Scale(ReadOnlySpan<byte> source, int rowBytes, int sourceWidth, int sourceHeight, int width, int height)
    {
        PictureDescription result = new(width, height, PixelLayout.Rgb24);
        byte[] pixels = new byte[checked(result.RowBytes * height)];
        float[] low = new float[checked(sourceWidth * Channels)];
        for (int y = 0; y < height; y++)
        {
            // First down the columns, then along the row: the area is a rectangle, so its mean is a mean of means.
            Array.Clear(low);
            foreach ((int at, float weight) in Covered(y, sourceHeight, height))
            {
                ReadOnlySpan<byte> row = source.Slice(at * rowBytes, low.Length);
                for (int i = 0; i < row.Length; i++)
                {
                    low[i] += weight * row[i];
                }
            }

            Narrow(low, pixels.AsSpan(y * result.RowBytes, result.RowBytes), sourceWidth, width);
        }

        return new DecodedPicture(result, pixels);
    }

    private static void Narrow(ReadOnlySpan<float> row, Span<byte> pixels, int sourceWidth, int width)
    {
        Span<float> sum = stackalloc float[Channels];
        for (int x = 0; x < width; x++)
        {
            sum.Clear();
            foreach ((int at, float weight) in Covered(x, sourceWidth, width))
            {
                for (int c = 0; c < Channels; c++)
                {
                    sum[c] += weight * row[(at * Channels) + c];
                }
            }

            for (int c = 0; c < Channels; c++)
            {
                pixels[(x * Channels) + c] = (byte)Math.Clamp(MathF.Round(sum[c]), 0, 255);
            }
        }
    }

    /// <summary>Which pixels of a line one of the result covers, and what share of it each takes.</summary>
    private static IEnumerable<(int At, float Weight)> Covered(int index, int from, int to)
    {
        double scale = (double)from / to, first = index * scale, end = (index + 1) * scale;
        for (int at = (int)first; at < from && at < end; at++)
        {
            double share = Math.Min(end, at + 1) - Math.Max(first, at);
            if (share > 0)
            {
                yield return (at, (float)(share / scale));
            }
        }
    }
}
