using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Png;

/// <summary>Reads a PNG row by row, in memory for a few rows; for half of them when it is interlaced.</summary>
internal sealed class PngPictureReader : IPictureReader
{
    private const int LookAheadBytes = 1024;
    private readonly InputCursor _input;
    private readonly PngChunkReader _chunks;
    private readonly PngScanlineReader _scanlines;
    private readonly PngExpander _expander;
    private readonly PngHeldRows? _held;
    private readonly PngPass _streamed;
    private RowCounter _rows;

    private PngPictureReader(InputCursor input, PngChunkReader chunks, PngHeader header, PngExpander expander, PictureDescription picture, VaeLimits limits)
    {
        _input = input;
        _chunks = chunks;
        _expander = expander;
        _held = header.Interlaced ? new PngHeldRows(header, picture.Layout, limits) : null;
        _streamed = header.Passes[^1];
        _scanlines = new PngScanlineReader(new PngIdatStream(chunks), header);
        Picture = picture;
        _rows = new RowCounter(header.Height, Picture.RowBytes);
    }

    public PictureDescription Picture { get; }

    public PictureFormat Format => PictureFormat.Png;

    public bool MissedMetadata { get; private set; }

    /// <summary>Reads everything before the pixels. The cursor stands at the signature.</summary>
    internal static async ValueTask<IPictureReader> OpenAsync(InputCursor input, VaeLimits limits, bool ignoreProfile, CancellationToken ct)
    {
        input.Advance(PngSignature.Length);
        var chunks = new PngChunkReader(input);
        PngHeader header = await ReadHeaderAsync(chunks, limits, ct).ConfigureAwait(false);
        var collected = new PngChunkCollector(header, limits, ignoreProfile);
        await chunks.NextAsync(ct).ConfigureAwait(false);
        while (chunks.Type != PngChunkType.Idat)
        {
            if (chunks.Type == PngChunkType.Iend)
            {
                throw PngChunkCollector.Order(chunks, "comes before any IDAT chunk, so there are no pixels");
            }

            await collected.TakeBeforePixelsAsync(chunks, ct).ConfigureAwait(false);
            await chunks.NextAsync(ct).ConfigureAwait(false);
        }

        collected.RequireReady(chunks);
        if (input.CanSeek)
        {
            await LookAheadAsync(input, chunks.Length, collected, ct).ConfigureAwait(false);
        }

        var expander = new PngExpander(header, collected.Palette, collected.Transparency);
        SizeCheck.CheckRow("PNG", header.Width, expander.Layout);
        var picture = new PictureDescription(header.Width, header.Height, expander.Layout)
        {
            Colour = collected.Colour,
            Metadata = collected.Metadata(expander.Layout.ColourChannels() == 1),
        };
        picture = ColourProfileCheck.Apply(picture, ignoreProfile, "PNG", collected.ProfilePlace);
        return new PngPictureReader(input, chunks, header, expander, picture, limits);
    }

    public async ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        _rows.Check(rows.Length, rowCount);
        if (_held is { Filled: false } && rowCount > 0)
        {
            await _held.FillAsync(_scanlines, _expander, cancellationToken).ConfigureAwait(false);
        }

        int rowBytes = Picture.RowBytes;
        for (int i = 0; i < rowCount; i++)
        {
            Memory<byte> row = rows.Slice(i * rowBytes, rowBytes);
            if (_held is not null && PngHeldRows.Has(_rows.Done))
            {
                _held.Row(_rows.Done).CopyTo(row.Span);
                _rows.Add(1);
                continue;
            }

            if (!_scanlines.HasScanline)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await _scanlines.FillAsync(cancellationToken).ConfigureAwait(false);
            }

            _expander.Expand(_scanlines.Take(), row.Span, _streamed, (_rows.Done - _streamed.FirstRow) / _streamed.RowStep);
            _rows.Add(1);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        _rows.RequireAll("CompleteAsync");
        await _scanlines.CompleteAsync(cancellationToken).ConfigureAwait(false);
        while (_chunks.Type != PngChunkType.Iend)
        {
            MissedMetadata |= await PngChunkCollector.VerifyAfterPixelsAsync(_chunks, cancellationToken).ConfigureAwait(false) && !_input.CanSeek;
            await _chunks.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_chunks.Length != 0)
        {
            throw PngMetadataParser.Invalid(_chunks.Place, $"has {_chunks.Length} bytes; it must be empty");
        }

        await _chunks.EndAsync(cancellationToken).ConfigureAwait(false);
        int have = await _input.EnsureAsync(PngSignature.Length, cancellationToken).ConfigureAwait(false);
        if (have >= PngSignature.Length && PngSignature.Matches(_input.Buffered.Span[..PngSignature.Length]))
        {
            // What else follows is passed by, but a second picture must not be lost in silence.
            throw new VaeFormatException(
                VaeError.TrailingData,
                $"PNG: a second picture starts at offset {_input.Position}, behind the first; streams of several pictures are not read. Split them into one file each.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _held?.Free();
        return _scanlines.DisposeAsync();
    }

    private static async ValueTask<PngHeader> ReadHeaderAsync(PngChunkReader chunks, VaeLimits limits, CancellationToken ct)
    {
        await chunks.NextAsync(ct).ConfigureAwait(false);
        if (chunks.Type != PngChunkType.Ihdr)
        {
            throw PngChunkCollector.Order(chunks, "stands first; the first chunk must be IHDR");
        }

        if (chunks.Length != PngHeader.Bytes)
        {
            throw PngMetadataParser.Invalid(chunks.Place, $"has {chunks.Length} bytes; it must have {PngHeader.Bytes}");
        }

        byte[] payload = await chunks.ReadAllAsync(PngHeader.Bytes, ct).ConfigureAwait(false);
        return PngHeader.Parse(payload, chunks.Offset, limits);
    }

    /// <summary>
    /// Finds eXIf and XMP behind the pixels by leaping from chunk to chunk. Damage to chunks is not reported here, for the reading that follows
    /// comes across it in its turn; but that does not look into whole chunks again, so what is wrong in these is.
    /// </summary>
    private static async ValueTask LookAheadAsync(InputCursor input, int idatBytes, PngChunkCollector collected, CancellationToken ct)
    {
        long back = input.Position;
        bool isWithinChunk = false;
        input.ReadAheadBytes = LookAheadBytes;
        try
        {
            var ahead = new PngChunkReader(input);
            input.SeekTo(checked(back + idatBytes + sizeof(uint)));
            await ahead.NextAsync(ct).ConfigureAwait(false);
            while (ahead.Type != PngChunkType.Iend)
            {
                if (ahead.Type is PngChunkType.Exif or PngChunkType.Itxt)
                {
                    isWithinChunk = true;
                    await collected.TakeTextOrExifAsync(ahead, ct).ConfigureAwait(false);
                    isWithinChunk = false;
                }
                else
                {
                    ahead.SeekPast();
                }

                await ahead.NextAsync(ct).ConfigureAwait(false);
            }
        }
        catch (VaeFormatException exception) when (!(isWithinChunk && exception.Error is VaeError.InvalidField or VaeError.InvalidOrder))
        {
        }
        finally
        {
            input.ReadAheadBytes = InputCursor.BufferBytes;
        }

        input.SeekTo(back);
    }
}
