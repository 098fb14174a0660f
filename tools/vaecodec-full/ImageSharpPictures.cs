using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>What ImageSharp reads and writes and VaeCodec.Imaging does not: WebP, TIFF, BMP, GIF, TGA, QOI.</summary>
internal sealed class ImageSharpPictures : IForeignPictures
{
    /// <summary>Bits of a sample that a .vae file holds.</summary>
    private const int MostDepth = 16;

    /// <summary>A TIFF's word for samples that are floating-point numbers (TIFF 6.0, section 19).</summary>
    private const ushort FloatingPoint = 3;

    /// <inheritdoc/>
    public string Names => "webp, tiff, bmp, gif, tga or qoi";

    /// <inheritdoc/>
    /// <remarks>Not .apng: VaeCodec.Imaging reads it, unless it is an animation, which ImageSharp 3.1 does not tell without decoding it.</remarks>
    public bool IsRead(string path) => IsWritten(path) && TryFindFormat(path, out IImageFormat? format) && format is not PngFormat;

    /// <inheritdoc/>
    public bool IsWritten(string path) => !PictureFormats.IsRead(path) && TryFindFormat(path, out _);

    /// <inheritdoc/>
    public bool HoldsProfile(string path) => HoldsExif(path) || (TryFindFormat(path, out IImageFormat? format) && format is BmpFormat);

    /// <inheritdoc/>
    public bool HoldsExif(string path) => TryFindFormat(path, out IImageFormat? format) && format is TiffFormat or WebpFormat or PngFormat;

    /// <inheritdoc/>
    public bool HoldsCodePoints(string path) => TryFindFormat(path, out IImageFormat? format) && format is PngFormat;

    /// <inheritdoc/>
    public async Task<IRowSource> OpenAsync(Stream file, string name, bool ignoreProfile, VaeLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            long start = file.Position;
            ImageInfo info = await Image.IdentifyAsync(file, cancellationToken).ConfigureAwait(false);
            Check(name, info, limits);
            file.Position = start;
            return new ImageSharpPicture(await LoadAsync(file, info, cancellationToken).ConfigureAwait(false), ignoreProfile);
        }
        catch (UnknownImageFormatException exception)
        {
            throw new VaeFormatException(VaeError.BadSignature, "The file is no picture of a format that is known: " + exception.Message, exception);
        }
        catch (NotSupportedException exception)
        {
            throw new VaeUnsupportedException(VaeError.UnsupportedFeature, $"The picture is of a kind that ImageSharp does not read: {exception.Message} Convert it to PNG first.", exception);
        }
        catch (ImageFormatException exception)
        {
            throw new VaeFormatException(VaeError.InvalidField, exception.Message, exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException or NullReferenceException or InvalidCastException or EndOfStreamException or InvalidDataException)
        {
            // Its decoders say so of some damage (a QOI whose runs leave the picture, a TIFF of no rows in a strip), and of sound fax TIFFs that leave out BitsPerSample.
            throw new VaeFormatException(VaeError.InvalidField, $"The picture is damaged, or of a kind that ImageSharp does not read ({exception.Message.TrimEnd('.')}). If another program shows it, convert it to PNG.", exception);
        }
    }

    /// <inheritdoc/>
    public IRowSink CreateWriter(Stream file, string path, PictureWriterOptions options)
        => TryFindFormat(path, out IImageFormat? format)
            ? new ImageSharpSink(file, format, options.MaxMemoryBytes)
            : throw new ArgumentException("No format has such an extension.", nameof(path));

    [ModuleInitializer]
    internal static void Register() => PictureFiles.Foreign = new ImageSharpPictures();

    private static bool TryFindFormat(string path, [NotNullWhen(true)] out IImageFormat? format)
    {
        format = null;
        return Path.GetExtension(path) is { Length: > 1 } extension && Configuration.Default.ImageFormatsManager.TryFindFormatByFileExtension(extension[1..], out format);
    }

    /// <summary>Loads a picture with all the bits of its samples, and grey as grey. Of every TIFF ImageSharp makes RGB of 8 bits unless it is told otherwise. Of the other formats only PNG has more, and keeps them; and BMP where its masks are wider, which cannot be known beforehand.</summary>
    private static async Task<Image> LoadAsync(Stream file, ImageInfo info, CancellationToken cancellationToken)
    {
        bool isGrey = TiffFrame(info)?.PhotometricInterpretation is TiffPhotometricInterpretation.BlackIsZero or TiffPhotometricInterpretation.WhiteIsZero;
        if (TiffDepth(info) is int depth and <= 8)
        {
            return isGrey && depth > 0 ? await Image.LoadAsync<L8>(file, cancellationToken).ConfigureAwait(false)
                : info.PixelType.BitsPerPixel <= 8 ? await LoadSmallAsync(file, cancellationToken).ConfigureAwait(false)
                : await Image.LoadAsync(file, cancellationToken).ConfigureAwait(false);
        }

        if (isGrey)
        {
            return await Image.LoadAsync<L16>(file, cancellationToken).ConfigureAwait(false);
        }

        return await Image.LoadAsync<Rgba64>(file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Bits of the deepest sample of a TIFF; 0 for other formats.</summary>
    private static int TiffDepth(ImageInfo info)
    {
        TiffBitsPerSample bits = TiffFrame(info)?.BitsPerSample ?? default;
        return Math.Max(Math.Max(bits.Channel0, bits.Channel1), Math.Max(bits.Channel2, bits.Channel3));
    }

    /// <summary>What a TIFF says of its first picture; empty for other formats, and null where they say nothing of frames.</summary>
    private static TiffFrameMetadata? TiffFrame(ImageInfo info) => info.FrameMetadataCollection.Count > 0 ? info.FrameMetadataCollection[0].GetTiffMetadata() : null;

    /// <summary>Palettes and grey of 8 bits come as colour with alpha; where all of it is grey, it is grey.</summary>
    private static async Task<Image> LoadSmallAsync(Stream file, CancellationToken cancellationToken)
    {
        Image<Rgba32> image = await Image.LoadAsync<Rgba32>(file, cancellationToken).ConfigureAwait(false);
        bool isGrey = true, isOpaque = true;
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; isGrey && y < rows.Height; y++)
            {
                foreach (Rgba32 pixel in rows.GetRowSpan(y))
                {
                    isGrey &= pixel.R == pixel.G && pixel.G == pixel.B;
                    isOpaque &= pixel.A == byte.MaxValue;
                }
            }
        });
        if (!isGrey)
        {
            return image;
        }

        using (image)
        {
            return isOpaque ? image.CloneAs<L8>() : image.CloneAs<La16>();
        }
    }

    /// <summary>Refuses what would not fit before it is decoded, and what is more than a picture.</summary>
    private static void Check(string name, ImageInfo info, VaeLimits limits)
    {
        if (info.FrameMetadataCollection.Count > 1)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"The file holds {info.FrameMetadataCollection.Count} pictures, an animation or pages, and a .vae file holds one. Take one of them out first, for example: magick in{Path.GetExtension(name)}[0] out.png");
        }

        int depth = TiffDepth(info);
        if (depth > MostDepth)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"The TIFF has more than {MostDepth} bits a sample, which is the most that a .vae file holds. Convert it first, for example: magick in.tif -depth {MostDepth} out.png");
        }

        // ImageSharp looks at the kind of samples only where they have 32 bits, and would take half-precision numbers for integers.
        if (depth == MostDepth && info.FrameMetadataCollection[0].ExifProfile?.TryGetValue(ExifTag.SampleFormat, out IExifValue<ushort[]>? kinds) == true && kinds.Value?.Contains(FloatingPoint) == true)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                "The TIFF has floating-point samples, and a .vae file holds whole numbers. Convert it first, for example: magick in.tif -depth 16 out.png");
        }

        long pixels = (long)info.Width * info.Height, bytes = pixels * Math.Max(info.PixelType.BitsPerPixel / 8, depth > 8 ? 8 : 4);
        if (pixels > limits.MaxPixels || Math.Max(info.Width, info.Height) > limits.MaxSide || bytes > limits.MaxMemoryBytes)
        {
            throw new VaeLimitException($"The picture of {info.Width} x {info.Height} pixels is decoded whole and takes {bytes} bytes, which is more than is allowed. Raise --max-pixels and --max-memory, or convert it to PNG or PNM, which are read row by row.");
        }
    }
}
