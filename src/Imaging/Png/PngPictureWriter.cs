using System.Buffers.Binary;
using System.IO.Compression;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Png;

/// <summary>
/// Writes a PNG row by row: grey or RGB, with alpha or without, of 8 or 16 bits, adaptive filters, IDAT chunks of about
/// 64 KiB. Samples of 9 to 15 bits are scaled to 16, which is all that PNG has above 8. A grey picture with a profile for RGB becomes RGB: PNG's grey takes
/// profiles for grey alone (third edition, 11.3.2.3), and readers would pass by another.
/// </summary>
internal sealed class PngPictureWriter(Stream output, PictureWriterOptions options) : IRowSink, IAsyncDisposable
{
    private PictureDescription? _picture;
    private PngIdatWriteStream? _idat;
    private ZLibStream? _zlib;
    private PngRowFilter? _filter;
    private PixelLayout _layout;
    private byte[] _coloured = [];
    private byte[] _stored = [];
    private RowCounter _rows;

    public async ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        WriterCheck.Begin(_picture, picture);
        if (picture.Colour.Matrix != 0)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"PNG stores RGB only (matrix coefficients 0 in chunk cICP); the picture says matrix {picture.Colour.Matrix}. Write another format.");
        }

        _picture = picture;
        _layout = ColourProfileHeader.PngLayout(picture);
        _rows = new RowCounter(picture.Height, picture.RowBytes);
        await output.WriteAsync(PngSignature.Bytes.ToArray(), cancellationToken).ConfigureAwait(false);
        await WriteHeaderAsync(picture, cancellationToken).ConfigureAwait(false);
        await WriteColourAsync(picture, cancellationToken).ConfigureAwait(false);
        await WriteMetadataAsync(picture.Metadata, cancellationToken).ConfigureAwait(false);
        int rowBytes = checked(picture.Width * _layout.BytesPerPixel());
        _coloured = _layout == picture.Layout ? [] : new byte[rowBytes];
        _stored = _layout.BytesPerSample() == 2 ? new byte[rowBytes] : [];
        _idat = new PngIdatWriteStream(output);
        var level = new ZLibCompressionOptions { CompressionLevel = options.PngCompressionLevel };
        _zlib = new ZLibStream(_idat, level, leaveOpen: true);
        _filter = new PngRowFilter(_layout.BytesPerPixel(), rowBytes, options.PngCompressionLevel > 0);
    }

    public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        if (_picture is null || _zlib is null || _filter is null)
        {
            throw WriterCheck.NotBegun();
        }

        _rows.Check(rows.Length, rowCount);
        int rowBytes = _picture.RowBytes;
        for (int i = 0; i < rowCount; i++)
        {
            ReadOnlyMemory<byte> filtered = _filter.Apply(Stored(_picture, rows.Span.Slice(i * rowBytes, rowBytes)));
            await _zlib.WriteAsync(filtered, cancellationToken).ConfigureAwait(false);
            _rows.Add(1);
        }
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_picture is null || _zlib is null || _idat is null)
        {
            throw WriterCheck.NotBegun();
        }

        cancellationToken.ThrowIfCancellationRequested();
        _rows.RequireAll("The end of the picture");
        await _zlib.DisposeAsync().ConfigureAwait(false);
        _zlib = null;
        await _idat.EmitAsync(cancellationToken).ConfigureAwait(false);
        await PngChunkWriter.WriteAsync(output, PngChunkType.Iend, default, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_zlib is not null && _idat is not null)
        {
            _idat.Abandoned = true;
            await _zlib.DisposeAsync().ConfigureAwait(false);
            _zlib = null;
        }
    }

    /// <summary>A row as the file stores it, before it is filtered.</summary>
    private ReadOnlySpan<byte> Stored(PictureDescription picture, ReadOnlySpan<byte> row)
    {
        if (_coloured.Length > 0)
        {
            Colour(row, _coloured, picture.Layout);
            row = _coloured;
        }

        if (_stored.Length == 0)
        {
            return row;
        }

        WideSamples.ToFileStretched(row, _stored, picture.MaxSample);
        return _stored;
    }

    /// <summary>Writes the grey sample of each pixel three times, and then its alpha.</summary>
    private static void Colour(ReadOnlySpan<byte> row, Span<byte> coloured, PixelLayout layout)
    {
        int sample = layout.BytesPerSample(), pixel = layout.BytesPerPixel();
        for (; !row.IsEmpty; row = row[pixel..], coloured = coloured[(pixel + (2 * sample))..])
        {
            row[..sample].CopyTo(coloured);
            row[..sample].CopyTo(coloured[sample..]);
            row[..pixel].CopyTo(coloured[(2 * sample)..]);
        }
    }

    private async ValueTask WriteHeaderAsync(PictureDescription picture, CancellationToken ct)
    {
        var header = new byte[PngHeader.Bytes];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = (byte)(8 * _layout.BytesPerSample());
        header[9] = (byte)((_layout.ColourChannels(), _layout.HasAlpha()) switch
        {
            (1, false) => PngColourType.Grey,
            (1, true) => PngColourType.GreyAlpha,
            (_, false) => PngColourType.Rgb,
            (_, true) => PngColourType.Rgba,
        });
        await PngChunkWriter.WriteAsync(output, PngChunkType.Ihdr, header, ct).ConfigureAwait(false);
    }

    private async ValueTask WriteColourAsync(PictureDescription picture, CancellationToken ct)
    {
        ColourCodePoints colour = picture.Colour;
        if (colour != ColourCodePoints.Srgb)
        {
            byte[] points = [colour.Primaries, colour.Transfer, colour.Matrix, (byte)(colour.FullRange ? 1 : 0)];
            await PngChunkWriter.WriteAsync(output, PngChunkType.Cicp, points, ct).ConfigureAwait(false);
        }

        if (picture.Metadata.IccProfile is { Length: > 0 } profile)
        {
            var payload = new MemoryStream();
            payload.Write("ICC profile\0\0"u8);
            Deflate(profile, payload);
            await PngChunkWriter.WriteAsync(output, PngChunkType.Iccp, Bytes(payload), ct).ConfigureAwait(false);
        }
        else if (colour == ColourCodePoints.Srgb)
        {
            await PngChunkWriter.WriteAsync(output, PngChunkType.Srgb, new byte[1], ct).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteMetadataAsync(PictureMetadata metadata, CancellationToken ct)
    {
        if (metadata.Exif is { Length: > 0 } exif)
        {
            if (ExifData.Density(exif) is { } density && PngPixelDensity.Write(density) is { } physical)
            {
                await PngChunkWriter.WriteAsync(output, PngChunkType.Phys, physical, ct).ConfigureAwait(false);
            }

            await PngChunkWriter.WriteAsync(output, PngChunkType.Exif, exif, ct).ConfigureAwait(false);
        }

        if (metadata.Xmp is { Length: > 0 } xmp)
        {
            // Uncompressed, no language: programs that scan files for the packet's text must find it.
            var payload = new MemoryStream();
            payload.Write(PngMetadataParser.XmpKeyword);
            payload.Write("\0\0\0\0"u8);
            payload.Write(xmp);
            await PngChunkWriter.WriteAsync(output, PngChunkType.Itxt, Bytes(payload), ct).ConfigureAwait(false);
        }
    }

    private static void Deflate(byte[] bytes, Stream to)
    {
        using var zlib = new ZLibStream(to, CompressionLevel.Optimal, leaveOpen: true);
        zlib.Write(bytes);
    }

    private static ReadOnlyMemory<byte> Bytes(MemoryStream stream) => stream.GetBuffer().AsMemory(0, (int)stream.Length);
}
