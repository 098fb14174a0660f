using System.Runtime.InteropServices;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Jpeg;

/// <summary>
/// Reads a JPEG through TurboJPEG, which decodes pictures whole: the file is read at once and decoded when the first
/// row is asked for. Bytes after the end of the image (thumbnails, depth maps) are not looked at.
/// </summary>
internal sealed class JpegPictureReader : IPictureReader
{
    private const int ReadBlock = 1 << 20;
    private ReadOnlyMemory<byte> _file;
    private byte[]? _pixels;
    private RowCounter _rows;

    private JpegPictureReader(ReadOnlyMemory<byte> file, PictureDescription picture, bool hasExtendedXmp)
    {
        MissedMetadata = hasExtendedXmp;
        _file = file;
        Picture = picture;
        _rows = new RowCounter(picture.Height, picture.RowBytes);
    }

    public PictureDescription Picture { get; }

    public PictureFormat Format => PictureFormat.Jpeg;

    public bool MissedMetadata { get; }

    /// <summary>Reads the file and its header; the pixels wait.</summary>
    internal static async ValueTask<IPictureReader> OpenAsync(InputCursor input, VaeLimits limits, bool ignoreProfile, CancellationToken ct)
    {
        var file = new GrowingBuffer();
        long most = Math.Min(limits.MaxMemoryBytes, Array.MaxLength);
        while (true)
        {
            int read = await input.ReadAsync(file.GetRoom(ReadBlock), ct).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            file.Commit(read);
            if (file.Length >= most)
            {
                throw new VaeLimitException(
                    $"JPEG: the file has {most} bytes or more; a JPEG is read whole, and that is all the memory allowed. Raise the limit: --max-memory for the tool, VaeLimits.MaxMemoryBytes in code.");
            }
        }

        JpegHeader header = JpegHeaderReader.Read(file.Written.Span, limits, ignoreProfile);
        CheckSize(header, file.Length, limits);
        var picture = new PictureDescription(header.Width, header.Height, header.Components == 1 ? PixelLayout.Gray8 : PixelLayout.Rgb24) { Metadata = header.Metadata };
        picture = ColourProfileCheck.Apply(picture, ignoreProfile, "JPEG", "segments APP2");
        TurboJpegLibrary.Require();
        return new JpegPictureReader(file.Written, picture, header.HasExtendedXmp);
    }

    public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _rows.Check(rows.Length, rowCount);
        _pixels ??= Decode();
        int rowBytes = Picture.RowBytes;
        _pixels.AsMemory(_rows.Done * rowBytes, rowCount * rowBytes).CopyTo(rows);
        _rows.Add(rowCount);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _rows.RequireAll("CompleteAsync");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _file = default;
        _pixels = [];
        return ValueTask.CompletedTask;
    }

    private static void CheckSize(JpegHeader header, int fileBytes, VaeLimits limits)
    {
        SizeCheck.Check("JPEG", header.Width, header.Height, limits);
        long pixelBytes = checked((long)header.Width * header.Height * header.Components);

        // libjpeg keeps the coefficients of several scans, 16 bits each, until the last.
        long needed = checked(fileBytes + (header.HasSeveralScans ? 3 : 1) * pixelBytes);
        if (needed > limits.MaxMemoryBytes || pixelBytes > Array.MaxLength)
        {
            throw new VaeLimitException(
                $"JPEG: a picture of {header.Width} x {header.Height} pixels is decoded whole and needs {needed} bytes; {Math.Min(limits.MaxMemoryBytes, Array.MaxLength)} are allowed. Raise the limit (--max-memory for the tool, VaeLimits.MaxMemoryBytes in code), or convert the picture to PNG or PNM, which are read row by row.");
        }
    }

    private byte[] Decode()
    {
        nint handle = TurboJpegNative.tjInitDecompress();
        if (handle == 0)
        {
            throw new VaeException(VaeError.Failure, $"libjpeg-turbo could not start: {TurboJpegLibrary.LastError(0)}.");
        }

        try
        {
            ReadOnlySpan<byte> file = _file.Span;
            var size = new CULong((uint)file.Length);
            int header = TurboJpegNative.tjDecompressHeader3(handle, file, size, out int width, out int height, out _, out _);
            if (header == 0 && (width != Picture.Width || height != Picture.Height))
            {
                throw new VaeFormatException(
                    VaeError.InvalidField,
                    $"JPEG: the frame header says {Picture.Width} x {Picture.Height}, but libjpeg-turbo finds {width} x {height}. The file is damaged.");
            }

            var pixels = new byte[checked(Picture.RowBytes * Picture.Height)];
            int format = Picture.Layout == PixelLayout.Gray8 ? TurboJpegNative.PixelFormatGrey : TurboJpegNative.PixelFormatRgb;
            const int Flags = TurboJpegNative.FlagAccurateDct | TurboJpegNative.FlagStopOnWarning | TurboJpegNative.FlagLimitScans;
            int result = TurboJpegNative.tjDecompress2(
                handle, file, size, pixels, Picture.Width, Picture.RowBytes, Picture.Height, format, Flags);
            return result == 0 ? pixels : throw Failed(TurboJpegLibrary.LastError(handle));
        }
        finally
        {
            _ = TurboJpegNative.tjDestroy(handle);
        }
    }

    /// <summary>What an error of the library's means.</summary>
    internal static VaeException Failed(string message)
    {
        // Libraries can be built without arithmetic decoding; the file is sound then.
        if (message.Contains("arithmetic coding is not", StringComparison.OrdinalIgnoreCase))
        {
            return new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"JPEG: the picture is coded arithmetically, which the libjpeg-turbo installed here does not read ({message}). Convert it where another one does, for example: jpegtran in.jpg > out.jpg");
        }

        // Of warnings the library keeps the last alone, so that a harmless one may hide another: all are refused.
        string[] harmless = ["extraneous bytes before marker", "Invalid SOS parameters", "unknown JFIF revision"];
        if (harmless.Any(words => message.Contains(words, StringComparison.OrdinalIgnoreCase)))
        {
            return new VaeFormatException(
                VaeError.InvalidField,
                $"JPEG: libjpeg-turbo warns of the picture: {message}. The file is damaged, perhaps only between its pixels. If it looks right, write it anew without loss: jpegtran -copy all in.jpg > out.jpg");
        }

        // "Premature end of JPEG file", "of input file"; a data segment that ends early is damaged in its middle.
        bool truncated = message.Contains("premature end", StringComparison.OrdinalIgnoreCase) && !message.Contains("data segment", StringComparison.OrdinalIgnoreCase);
        return new VaeFormatException(
            truncated ? VaeError.Truncated : VaeError.InvalidField,
            $"JPEG: libjpeg-turbo cannot decode the picture: {message}. The file is {(truncated ? "truncated" : "damaged")}.");
    }
}
