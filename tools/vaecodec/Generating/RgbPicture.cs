using System.Buffers.Binary;

namespace VaeCodec.Tool;

/// <summary>Pictures of any layout as 8-bit red, green and blue, for what takes nothing else.</summary>
internal static class RgbPicture
{
    /// <summary>Reads a whole picture: samples are scaled to 8 bits, and what is transparent lies on white. Profiles and the turn that EXIF asks for are left aside.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="limits">What to refuse.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <param name="held">Bytes that are taken already, by another picture.</param>
    /// <exception cref="VaeLimitException">It would take more memory than is allowed.</exception>
    public static async Task<DecodedPicture> ReadAsync(string path, VaeLimits limits, CancellationToken cancellationToken, long held = 0)
    {
        OpenPicture picture = await OpenPicture.OpenAsync(path, MetadataKinds.All, limits, cancellationToken).ConfigureAwait(false);
        await using (picture.ConfigureAwait(false))
        {
            PictureDescription source = picture.Picture;
            long pixelBytes = 3L * source.Width * source.Height;

            // A JPEG is decoded whole, and only then handed over.
            long needed = pixelBytes + (picture.IsDecodedWhole ? (long)source.RowBytes * source.Height : 0);
            if (pixelBytes > Array.MaxLength || needed + held > limits.MaxMemoryBytes)
            {
                throw new VaeLimitException($"The picture of {source.Width} x {source.Height} is held as a whole and takes {ByteSize.Format(needed)} of memory{(held > 0 ? $", beside the {ByteSize.Format(held)} of the other" : "")}, more than the {ByteSize.Format(Math.Min(limits.MaxMemoryBytes, Array.MaxLength))} allowed. Scale it down first, or raise --max-memory.");
            }

            PictureDescription result = new(source.Width, source.Height, PixelLayout.Rgb24);
            byte[] row = new byte[source.RowBytes], pixels = new byte[checked(result.RowBytes * result.Height)];
            for (int y = 0; y < source.Height; y++)
            {
                await picture.ReadRowsAsync(row, 1, cancellationToken).ConfigureAwait(false);
                Convert(row, source, pixels.AsSpan(y * result.RowBytes, result.RowBytes));
            }

            return new DecodedPicture(result, pixels);
        }
    }

    private static void Convert(ReadOnlySpan<byte> row, PictureDescription source, Span<byte> target)
    {
        int bytes = source.Layout.BytesPerSample(), channels = source.Layout.Channels(), colours = source.Layout.ColourChannels(), most = source.MaxSample;
        for (int x = 0; x < source.Width; x++)
        {
            ReadOnlySpan<byte> pixel = row.Slice(x * channels * bytes, channels * bytes);
            int alpha = source.Layout.HasAlpha() ? Sample(pixel, colours, bytes) : most;
            for (int c = 0; c < 3; c++)
            {
                long colour = Sample(pixel, colours == 1 ? 0 : c, bytes);
                long over = (colour * alpha) + ((long)most * (most - alpha));
                target[(x * 3) + c] = (byte)(((over * 255) + ((long)most * most / 2)) / ((long)most * most));
            }
        }
    }

    private static int Sample(ReadOnlySpan<byte> pixel, int channel, int bytes)
        => bytes == 1 ? pixel[channel] : BinaryPrimitives.ReadUInt16LittleEndian(pixel[(2 * channel)..]);
}
