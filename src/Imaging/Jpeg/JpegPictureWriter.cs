using System.Runtime.InteropServices;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Jpeg;

/// <summary>Writes a JPEG through TurboJPEG, which compresses pictures whole: rows are collected, and written at the end.</summary>
internal sealed class JpegPictureWriter : IRowSink
{
    /// <summary>libjpeg's JPEG_MAX_DIMENSION, a little below what the format allows.</summary>
    private const int MaxSide = 65500;

    private const int CopyBlock = 64 * 1024;
    private readonly Stream _output;
    private readonly PictureWriterOptions _options;
    private readonly MemoryRowSink _collected;
    private PictureDescription? _picture;
    private bool _ended;

    internal JpegPictureWriter(Stream output, PictureWriterOptions options)
    {
        _output = output;
        _options = options;
        _collected = new MemoryRowSink(VaeLimits.Default with { MaxMemoryBytes = options.MaxMemoryBytes });
    }

    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        WriterCheck.Begin(_picture, picture);
        if (picture.Width > MaxSide || picture.Height > MaxSide)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"JPEG holds at most {MaxSide} pixels a side; the picture is {picture.Width} x {picture.Height}. Write PNG or PNM.");
        }

        CheckLayout(picture);
        JpegMetadataWriter.Check(picture.Metadata);

        // Last: what no library could write is not worth installing one for.
        TurboJpegLibrary.Require();
        _picture = picture;
        return _collected.BeginAsync(picture, cancellationToken);
    }

    public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken) =>
        _picture is null ? throw WriterCheck.NotBegun() : _collected.WriteRowsAsync(rows, rowCount, cancellationToken);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_picture is null || _ended)
        {
            throw WriterCheck.NotBegun();
        }

        await _collected.EndAsync(cancellationToken).ConfigureAwait(false);
        _ended = true;
        nint jpeg = 0;
        try
        {
            long length = Compress(_picture, ref jpeg);
            await CopyAsync(_picture.Metadata, jpeg, length, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            TurboJpegNative.tjFree(jpeg);
        }

        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void CheckLayout(PictureDescription picture)
    {
        if (picture.Layout.HasAlpha())
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                "JPEG has no transparency, but the picture has an alpha channel. Write a format that has: PNG (.png) or PAM (.pam).");
        }

        if (picture.Layout.BytesPerSample() != 1)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"JPEG holds 8 bits a sample, but the picture has {picture.BitDepth}. Write a format that holds more: PNG (.png) or PNM ({(picture.Layout.ColourChannels() == 1 ? ".pgm" : ".ppm")}).");
        }
    }

    private long Compress(PictureDescription picture, ref nint jpeg)
    {
        nint handle = TurboJpegNative.tjInitCompress();
        if (handle == 0)
        {
            throw new VaeException(VaeError.Failure, $"libjpeg-turbo could not start: {TurboJpegLibrary.LastError(0)}.");
        }

        try
        {
            bool grey = picture.Layout == PixelLayout.Gray8;
            int sampling = grey ? TurboJpegNative.SamplingGrey
                : _options.JpegSubsample420 ? TurboJpegNative.Sampling420
                : TurboJpegNative.Sampling444;
            var size = default(CULong);
            int result = TurboJpegNative.tjCompress2(
                handle,
                _collected.Pixels,
                picture.Width,
                picture.RowBytes,
                picture.Height,
                grey ? TurboJpegNative.PixelFormatGrey : TurboJpegNative.PixelFormatRgb,
                ref jpeg,
                ref size,
                sampling,
                _options.JpegQuality,
                TurboJpegNative.FlagAccurateDct);
            return result == 0
                ? checked((long)size.Value)
                : throw new VaeException(VaeError.Failure, $"libjpeg-turbo could not compress the picture: {TurboJpegLibrary.LastError(handle)}.");
        }
        finally
        {
            _ = TurboJpegNative.tjDestroy(handle);
        }
    }

    /// <summary>Copies the library's bytes, with the metadata behind the JFIF segment that it writes first.</summary>
    private async ValueTask CopyAsync(PictureMetadata metadata, nint jpeg, long length, CancellationToken ct)
    {
        var block = new byte[CopyBlock];
        long done = 0;
        while (done < length)
        {
            int count = (int)Math.Min(block.Length, length - done);
            Marshal.Copy(checked(jpeg + (nint)done), block, 0, count);
            int head = done == 0 ? JpegMetadataWriter.HeadBytes(block.AsSpan(0, count)) : 0;
            if (head > 0)
            {
                if (metadata.Exif is { } exif && ExifData.Density(exif) is { } density && head > JpegMarkers.StartBytes + JpegMarkers.SegmentHeadBytes)
                {
                    JfifPixelDensity.Write(density, block.AsSpan((JpegMarkers.StartBytes + JpegMarkers.SegmentHeadBytes)..head));
                }

                await _output.WriteAsync(block.AsMemory(0, head), ct).ConfigureAwait(false);
                await JpegMetadataWriter.WriteAsync(_output, metadata, ct).ConfigureAwait(false);
            }

            await _output.WriteAsync(block.AsMemory(head, count - head), ct).ConfigureAwait(false);
            done += count;
        }
    }
}
