using System.Buffers.Binary;

namespace VaeCodec;

/// <summary>Rows of pixels with alpha taken apart into colour and alpha, and put together again.</summary>
internal static class AlphaRows
{
    /// <summary>Takes rows apart.</summary>
    /// <param name="picture">Size and layout, with alpha.</param>
    /// <param name="rows">Whole rows without gaps.</param>
    /// <param name="colour">Out: the colour of each pixel.</param>
    /// <param name="alpha">Out: the alpha of each pixel.</param>
    public static void Split(PictureDescription picture, ReadOnlySpan<byte> rows, Span<byte> colour, Span<byte> alpha)
    {
        int sampleBytes = picture.Layout.BytesPerSample(), colourBytes = picture.Layout.ColourChannels() * sampleBytes;
        for (int from = 0, pixel = 0; from < rows.Length; from += colourBytes + sampleBytes, pixel++)
        {
            rows.Slice(from, colourBytes).CopyTo(colour[(pixel * colourBytes)..]);
            rows.Slice(from + colourBytes, sampleBytes).CopyTo(alpha[(pixel * sampleBytes)..]);
        }
    }

    /// <summary>Puts rows together.</summary>
    /// <param name="picture">Size and layout, with alpha.</param>
    /// <param name="colour">The colour of each pixel.</param>
    /// <param name="alpha">The alpha of each pixel.</param>
    /// <param name="rows">Out: whole rows without gaps.</param>
    public static void Join(PictureDescription picture, ReadOnlySpan<byte> colour, ReadOnlySpan<byte> alpha, Span<byte> rows)
    {
        int sampleBytes = picture.Layout.BytesPerSample(), colourBytes = picture.Layout.ColourChannels() * sampleBytes;
        for (int to = 0, pixel = 0; to < rows.Length; to += colourBytes + sampleBytes, pixel++)
        {
            colour.Slice(pixel * colourBytes, colourBytes).CopyTo(rows[to..]);
            alpha.Slice(pixel * sampleBytes, sampleBytes).CopyTo(rows[(to + colourBytes)..]);
        }
    }

    /// <summary>Sets samples.</summary>
    /// <param name="samples">Out: the samples.</param>
    /// <param name="layout">Whether they take one byte or two.</param>
    /// <param name="value">What each becomes.</param>
    public static void Fill(Span<byte> samples, PixelLayout layout, int value)
    {
        if (layout.BytesPerSample() == 1)
        {
            samples.Fill((byte)value);
            return;
        }

        for (int i = 0; i < samples.Length; i += 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(samples[i..], (ushort)value);
        }
    }
}
