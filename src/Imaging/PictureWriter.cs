using VaeCodec.Imaging.Jpeg;
using VaeCodec.Imaging.Png;
using VaeCodec.Imaging.Pnm;

namespace VaeCodec.Imaging;

/// <summary>Makes writers of picture files.</summary>
public static class PictureWriter
{
    /// <summary>Makes a sink that writes a picture file to a stream.</summary>
    /// <remarks>
    /// The stream need not be seekable; it is flushed by <see cref="IRowSink.EndAsync"/> and stays open. PNG carries
    /// colour, ICC, EXIF and XMP; JPEG carries ICC, EXIF and XMP; PNM carries none of them. The density of pixels that EXIF states is written into the fields that PNG and JFIF have for it, too. PNG and PNM hold
    /// every layout; JPEG neither alpha nor more than 8 bits a sample, and its sink refuses such a picture when it begins,
    /// and every picture where libjpeg-turbo is missing (<see cref="VaeUnsupportedException"/>).
    /// PNG has 8 or 16 bits a sample, so samples of 9 to 15 are scaled to 16, s x 65535 / (2^bits - 1) rounded to nearest;
    /// PNM keeps them, and writes a picture with alpha as PAM. PNG and PNM need memory for a few rows;
    /// JPEG collects the whole picture (width x height x channels bytes) and compresses it at the end.
    /// </remarks>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="format">The format to write.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The sink. Disposing of it, where it is <see cref="IAsyncDisposable"/>, frees the buffers of a picture that was not ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The format is not a member of the enumeration.</exception>
    public static IRowSink Create(Stream output, PictureFormat format, PictureWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        options ??= PictureWriterOptions.Default;
        return format switch
        {
            PictureFormat.Png => new PngPictureWriter(output, options),
            PictureFormat.Pnm => new PnmPictureWriter(output),
            PictureFormat.Jpeg => new JpegPictureWriter(output, options),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown picture format."),
        };
    }
}
