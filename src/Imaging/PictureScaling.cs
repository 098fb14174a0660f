namespace VaeCodec.Imaging;

/// <summary>Makes pictures smaller, or larger by repeating pixels: each pixel of the result is the mean of the area that it covers.</summary>
public static class PictureScaling
{
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
        PictureDescription source = picture.Picture;
        if (source.Layout != PixelLayout.Rgb24)
        {
            throw new ArgumentException("Only pictures of 8-bit red, green and blue are scaled.", nameof(picture));
        }

        // First along the rows, then down the columns: the area is a rectangle, so its mean is a mean of means.
        float[] narrow = new float[checked(source.Height * width * 3)];
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> row = picture.Pixels.AsSpan(y * source.RowBytes, source.RowBytes);
            for (int x = 0; x < width; x++)
            {
                Span<float> sum = narrow.AsSpan(((y * width) + x) * 3, 3);
                foreach ((int at, float weight) in Covered(x, source.Width, width))
                {
                    for (int c = 0; c < 3; c++)
                    {
                        sum[c] += weight * row[(at * 3) + c];
                    }
                }
            }
        }

        PictureDescription result = new(width, height, PixelLayout.Rgb24);
        byte[] pixels = new byte[checked(result.RowBytes * height)];
        float[] line = new float[width * 3];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(line);
            foreach ((int at, float weight) in Covered(y, source.Height, height))
            {
                for (int i = 0; i < line.Length; i++)
                {
                    line[i] += weight * narrow[(at * line.Length) + i];
                }
            }

            for (int i = 0; i < line.Length; i++)
            {
                pixels[(y * line.Length) + i] = (byte)Math.Clamp(MathF.Round(line[i]), 0, 255);
            }
        }

        return new DecodedPicture(result, pixels);
    }

    /// <summary>Cuts the largest square out of the middle and scales it.</summary>
    /// <param name="picture">The picture, of 8-bit red, green and blue.</param>
    /// <param name="side">Side of the result in pixels.</param>
    /// <exception cref="ArgumentException">Another layout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The side is not above 0.</exception>
    public static DecodedPicture MiddleSquare(DecodedPicture picture, int side)
    {
        ArgumentNullException.ThrowIfNull(picture);
        PictureDescription source = picture.Picture;
        int square = Math.Min(source.Width, source.Height), left = (source.Width - square) / 2, top = (source.Height - square) / 2;
        PictureDescription cut = new(square, square, source.Layout);
        byte[] pixels = new byte[checked(cut.RowBytes * square)];
        int offset = left * (cut.RowBytes / square);
        for (int y = 0; y < square; y++)
        {
            picture.Pixels.AsSpan(((top + y) * source.RowBytes) + offset, cut.RowBytes).CopyTo(pixels.AsSpan(y * cut.RowBytes));
        }

        return Scale(new DecodedPicture(cut, pixels), side, side);
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
