using System.Buffers.Binary;

namespace VaeCodec.Parts;

/// <summary>Makes pictures smaller by the mean of squares of pixels; squares at the right and lower edge are of those that there are. Colour counts by its alpha, so that what is transparent lends none.</summary>
internal static class BoxReduction
{
    /// <summary>Reduces rows.</summary>
    /// <param name="picture">Their width, layout and depth.</param>
    /// <param name="rows">Whole rows without gaps, the first of which begins a row of squares.</param>
    /// <param name="scale">Side of a square.</param>
    /// <param name="reduced">Out: a row for each row of squares, without gaps.</param>
    public static void Reduce(PictureDescription picture, ReadOnlySpan<byte> rows, int scale, Span<byte> reduced)
    {
        int width = picture.Reduced(scale).Width, pixelBytes = picture.Layout.BytesPerPixel(), bandBytes = (int)Math.Min((long)scale * picture.RowBytes, rows.Length);
        for (; !rows.IsEmpty; rows = rows[Math.Min(bandBytes, rows.Length)..], reduced = reduced[(width * pixelBytes)..])
        {
            ReadOnlySpan<byte> band = rows[..Math.Min(bandBytes, rows.Length)];
            for (int x = 0; x < width; x++)
            {
                int first = x * scale * pixelBytes;
                Mean(picture, band, first, Math.Min(scale * pixelBytes, picture.RowBytes - first), reduced.Slice(x * pixelBytes, pixelBytes));
            }
        }
    }

    /// <summary>The mean of a square.</summary>
    private static void Mean(PictureDescription picture, ReadOnlySpan<byte> band, int first, int length, Span<byte> pixel)
    {
        int channels = picture.Layout.Channels(), sampleBytes = picture.Layout.BytesPerSample(), pixelBytes = channels * sampleBytes;
        int alpha = picture.Layout.HasAlpha() ? channels - 1 : -1;

        // 256 pixels of 16 bits, weighed by 16 bits more.
        Span<long> sums = stackalloc long[channels], plain = stackalloc long[channels];
        sums.Clear();
        plain.Clear();
        long weights = 0, count = 0;
        for (; !band.IsEmpty; band = band[picture.RowBytes..])
        {
            for (int at = first; at < first + length; at += pixelBytes, count++)
            {
                long weight = alpha < 0 ? 1 : Sample(band, at + (alpha * sampleBytes), sampleBytes);
                weights += weight;
                for (int channel = 0; channel < channels; channel++)
                {
                    int sample = Sample(band, at + (channel * sampleBytes), sampleBytes);
                    sums[channel] += weight * sample;
                    plain[channel] += sample;
                }
            }
        }

        for (int channel = 0; channel < channels; channel++)
        {
            bool weighed = channel != alpha && weights > 0;
            long sum = weighed ? sums[channel] : plain[channel], of = weighed ? weights : count, mean = (sum + (of / 2)) / of;
            if (sampleBytes == 1)
            {
                pixel[channel] = (byte)mean;
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(pixel[(2 * channel)..], (ushort)mean);
            }
        }
    }

    private static int Sample(ReadOnlySpan<byte> bytes, int at, int sampleBytes) => sampleBytes == 1 ? bytes[at] : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
