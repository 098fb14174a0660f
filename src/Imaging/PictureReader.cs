using VaeCodec.Imaging.Io;
using VaeCodec.Imaging.Jpeg;
using VaeCodec.Imaging.Png;
using VaeCodec.Imaging.Pnm;

namespace VaeCodec.Imaging;

/// <summary>Opens picture files of any format that is read here.</summary>
public static class PictureReader
{
    /// <summary>Reads the start of a picture file, up to its first row. The format is told by its signature, never by a name.</summary>
    /// <remarks>
    /// <para>The stream need not be seekable. It is read ahead in blocks, so its position after reading is not meaningful,
    /// and it stays open: it belongs to the caller.</para>
    /// <para>PNG: every kind. Palettes and grey of 1, 2, 4 bits are expanded to 8, samples of 16 bits stay so, and
    /// transparency (an alpha channel, transparent colours in chunk tRNS) becomes alpha. EXIF and XMP that a file stores after
    /// its pixels are found by looking ahead when the stream can seek; from a pipe they are not in
    /// <see cref="PictureDescription.Metadata"/>, and <see cref="IPictureReader.MissedMetadata"/> says so. PNG and PNM need memory for a few rows, whatever the height; but of an
    /// interlaced PNG (Adam7) the even rows, half of the picture, are held, and count against
    /// <see cref="VaeLimits.MaxMemoryBytes"/>. Bytes after a PNG's IEND chunk are passed by, unless they are another PNG, which is refused.</para>
    /// <para>PNM: PBM, PGM and PPM, binary and plain, and PAM of black and white, grey or RGB, with alpha or without. A largest
    /// value (maxval) of 2^n - 1 from 9 bits on gives <see cref="PictureDescription.BitDepth"/> n and the samples as they
    /// are; others are scaled to 8 bits up to 255, and to 16 above. A stream of several pictures is refused once the first has been read, by
    /// <see cref="IPictureReader.CompleteAsync"/>.</para>
    /// <para>JPEG needs Debian's package libturbojpeg0 or its equal, is decoded whole, and counts its compressed bytes and
    /// its pixels (three times the pixels when it has several scans, as progressive ones have) against <see cref="VaeLimits.MaxMemoryBytes"/>.</para>
    /// <para>A colour profile (ICC) that is not for RGB, nor for grey in a grey picture, is refused. What a PNG says of its colours in chunks gAMA and cHRM becomes a profile, unless
    /// it is sRGB, or the file says it more exactly (cICP, iCCP, sRGB). What a PNG (pHYs) or a JPEG (JFIF) says of the density of its pixels is in EXIF unless that states one itself, or it is 72 an inch, which is what EXIF
    /// says where nothing is known.</para>
    /// </remarks>
    /// <param name="input">The file, from its first byte.</param>
    /// <param name="limits">What to refuse; null for <see cref="VaeLimits.Default"/>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The reader; the caller disposes of it.</returns>
    /// <exception cref="VaeFormatException">The file is of no known format, or is damaged.</exception>
    /// <exception cref="VaeUnsupportedException">The file is of a kind that is not read, for example an animation or CMYK; the message says how to convert it. Or libjpeg-turbo is missing.</exception>
    /// <exception cref="VaeLimitException">The file exceeds a limit.</exception>
    public static ValueTask<IPictureReader> OpenAsync(Stream input, VaeLimits? limits = null, CancellationToken cancellationToken = default) => OpenAsync(input, limits, false, cancellationToken);

    /// <summary>Reads the start of a picture file, with its colour profile or without it.</summary>
    /// <param name="input">The file, from its first byte.</param>
    /// <param name="limits">What to refuse; null for <see cref="VaeLimits.Default"/>.</param>
    /// <param name="ignoreProfile">Whether its colour profile is not looked at, so that a picture with one that would be refused is read, too. It is then not in <see cref="PictureDescription.Metadata"/>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The reader; the caller disposes of it.</returns>
    /// <inheritdoc cref="OpenAsync(Stream, VaeLimits?, CancellationToken)"/>
    public static async ValueTask<IPictureReader> OpenAsync(Stream input, VaeLimits? limits, bool ignoreProfile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        limits ??= VaeLimits.Default;
        var cursor = new InputCursor(input);
        int have = await cursor.EnsureAsync(PngSignature.Length, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> start = cursor.Buffered[..Math.Min(have, PngSignature.Length)];
        if (PngSignature.Matches(start.Span))
        {
            return await PngPictureReader.OpenAsync(cursor, limits, ignoreProfile, cancellationToken).ConfigureAwait(false);
        }

        if (JpegMarkers.IsJpeg(start.Span))
        {
            return await JpegPictureReader.OpenAsync(cursor, limits, ignoreProfile, cancellationToken).ConfigureAwait(false);
        }

        if (PnmHeader.HasSignature(start.Span))
        {
            return await PnmPictureReader.OpenAsync(cursor, limits, cancellationToken).ConfigureAwait(false);
        }

        throw new VaeFormatException(VaeError.BadSignature, Describe(start.Span));
    }

    private static string Describe(ReadOnlySpan<byte> start)
    {
        const string Known = "The formats read are PNG, PNM (PBM, PGM, PPM and PAM: P1 to P7) and JPEG.";
        if (start.IsEmpty)
        {
            return $"The picture is empty (0 bytes). {Known}";
        }

        string bytes = Convert.ToHexString(start);
        return PngSignature.LooksMangled(start)
            ? $"The picture starts like a PNG, but its signature is damaged (bytes {bytes}): line ends were converted or the eighth bit was lost on the way. Copy the file again in binary mode. {Known}"
            : $"The picture starts with the bytes {bytes}, which is no known signature. {Known}";
    }
}
