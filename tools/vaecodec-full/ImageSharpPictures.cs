using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>What ImageSharp reads and writes and VaeCodec.Imaging does not: WebP, TIFF, BMP, GIF, TGA, QOI.</summary>
internal sealed class ImageSharpPictures : IForeignPictures
{
    /// <inheritdoc/>
    public string Names => "webp, tiff, bmp, gif, tga or qoi";

    /// <inheritdoc/>
    public bool IsRead(string path) => IsWritten(path);

    /// <inheritdoc/>
    public bool IsWritten(string path) => !PictureFormats.IsRead(path) && TryFindFormat(path, out _);

    /// <inheritdoc/>
    public async Task<IRowSource> OpenAsync(Stream file, string name, VaeLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            long start = file.Position;
            ImageInfo info = await Image.IdentifyAsync(file, cancellationToken).ConfigureAwait(false);
            Check(name, info, limits);
            file.Position = start;
            return new ImageSharpPicture(await Image.LoadAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (UnknownImageFormatException exception)
        {
            throw new VaeFormatException(VaeError.BadSignature, "The file is no picture of a format that is known: " + exception.Message, exception);
        }
        catch (ImageFormatException exception)
        {
            throw new VaeFormatException(VaeError.InvalidField, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public IRowSink CreateWriter(Stream file, string path)
        => TryFindFormat(path, out IImageFormat? format)
            ? new ImageSharpSink(file, Configuration.Default.ImageFormatsManager.GetEncoder(format))
            : throw new ArgumentException("No format has such an extension.", nameof(path));

    [ModuleInitializer]
    internal static void Register() => PictureFiles.Foreign = new ImageSharpPictures();

    private static bool TryFindFormat(string path, [NotNullWhen(true)] out IImageFormat? format)
    {
        format = null;
        return Path.GetExtension(path) is { Length: > 1 } extension && Configuration.Default.ImageFormatsManager.TryFindFormatByFileExtension(extension[1..], out format);
    }

    /// <summary>Refuses what would not fit before it is decoded, and what is more than a picture.</summary>
    private static void Check(string name, ImageInfo info, VaeLimits limits)
    {
        if (info.FrameMetadataCollection.Count > 1)
        {
            throw new RefusalException(name, $"is an animation of {info.FrameMetadataCollection.Count} pictures, and a .vae file holds one");
        }

        long pixels = (long)info.Width * info.Height, bytes = pixels * Math.Max(info.PixelType.BitsPerPixel / 8, 4);
        if (pixels > limits.MaxPixels || Math.Max(info.Width, info.Height) > limits.MaxSide || bytes > limits.MaxMemoryBytes)
        {
            throw new VaeLimitException($"The picture of {info.Width} x {info.Height} pixels is decoded whole and takes {bytes} bytes, which is more than is allowed. Raise --max-pixels and --max-memory, or convert it to PNG or PNM, which are read row by row.");
        }
    }
}
