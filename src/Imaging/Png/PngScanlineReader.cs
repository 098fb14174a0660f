using System.IO.Compression;

namespace VaeCodec.Imaging.Png;

/// <summary>Inflates and unfilters scanlines, one after the other, in buffers of a few rows.</summary>
internal sealed class PngScanlineReader : IAsyncDisposable
{
    private const int SmallestBuffer = 64 * 1024;
    private readonly PngIdatStream _idat;
    private readonly ZLibStream _zlib;
    private readonly int _height;
    private readonly int _scanlineBytes;
    private readonly int _filterStep;
    private readonly byte[] _inflated;
    private byte[] _current;
    private byte[] _previous;
    private long _notInflated;
    private int _start;
    private int _end;
    private int _row;
    private uint _checksum = Adler32.Start;

    internal PngScanlineReader(PngIdatStream idat, PngHeader header)
    {
        _idat = idat;
        _zlib = new ZLibStream(idat, CompressionMode.Decompress, leaveOpen: true);
        _height = header.Height;
        _scanlineBytes = header.ScanlineBytes;
        _filterStep = header.FilterStep;
        _notInflated = checked((1L + _scanlineBytes) * header.Height);
        _inflated = new byte[Math.Min(Math.Max(SmallestBuffer, _scanlineBytes + 1), _notInflated)];
        _current = new byte[_scanlineBytes];
        _previous = new byte[_scanlineBytes];
    }

    /// <summary>Whether the next scanline is inflated already, so that <see cref="Take"/> may be called.</summary>
    internal bool HasScanline => _end - _start > _scanlineBytes;

    /// <summary>Inflates until there is a scanline to take.</summary>
    internal async ValueTask FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _inflated.AsSpan(_start, _end - _start).CopyTo(_inflated);
            _end -= _start;
            _start = 0;
        }

        while (!HasScanline)
        {
            Memory<byte> room = _inflated.AsMemory(_end);
            int read = await InflateAsync(room[..(int)Math.Min(room.Length, _notInflated)], ct).ConfigureAwait(false);
            if (read == 0)
            {
                throw new VaeFormatException(
                    VaeError.Truncated,
                    $"PNG: the compressed pixels end in row {_row} of {_height} ({_idat.Place}). The file is damaged.");
            }

            _checksum = Adler32.Append(_checksum, room.Span[..read]);
            _end += read;
            _notInflated -= read;
        }
    }

    /// <summary>Unfilters the next scanline.</summary>
    /// <returns>Its bytes, valid until the next call.</returns>
    internal ReadOnlySpan<byte> Take()
    {
        ReadOnlySpan<byte> filtered = _inflated.AsSpan(_start, _scanlineBytes + 1);
        (_current, _previous) = (_previous, _current);
        if (!PngUnfilter.Apply(filtered[0], filtered[1..], _current, _previous, _filterStep))
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"PNG: row {_row} has filter type {filtered[0]}; there are 0 to 4 ({_idat.Place}). The file is damaged.");
        }

        _start += filtered.Length;
        _row++;
        return _current;
    }

    /// <summary>After the last scanline: the compressed data must end here, their checksum must match, and nothing may follow them.</summary>
    internal async ValueTask CompleteAsync(CancellationToken ct)
    {
        var one = new byte[1];
        if (await InflateAsync(one, ct).ConfigureAwait(false) != 0)
        {
            throw new VaeFormatException(
                VaeError.TrailingData,
                $"PNG: more pixels are stored than {_height} rows take ({_idat.Place}). The file is damaged.");
        }

        if (_idat.Exhausted)
        {
            throw new VaeFormatException(
                VaeError.Truncated,
                $"PNG: the compressed pixels break off before their end mark and Adler-32 checksum ({_idat.Place}). The file is damaged.");
        }

        while (!_idat.Ended && await _idat.ReadAsync(one, ct).ConfigureAwait(false) == 0)
        {
        }

        if (!_idat.Ended || _idat.LastWord != _checksum)
        {
            throw new VaeFormatException(
                VaeError.TrailingData,
                $"PNG: bytes follow the end of the compressed pixels ({_idat.Place}). The file is damaged.");
        }
    }

    public ValueTask DisposeAsync() => _zlib.DisposeAsync();

    private async ValueTask<int> InflateAsync(Memory<byte> room, CancellationToken ct)
    {
        try
        {
            return await _zlib.ReadAsync(room, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && !_idat.Failed))
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"PNG: the compressed pixels are damaged, or their Adler-32 checksum does not match, in row {_row} of {_height} or shortly after ({_idat.Place}).",
                e);
        }
    }
}
