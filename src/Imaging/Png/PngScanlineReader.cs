using System.IO.Compression;

namespace VaeCodec.Imaging.Png;

/// <summary>Inflates and unfilters scanlines, one after the other and pass after pass, in buffers of a few rows.</summary>
internal sealed class PngScanlineReader : IAsyncDisposable
{
    private const int SmallestBuffer = 64 * 1024;
    private readonly PngIdatStream _idat;
    private readonly ZLibStream _zlib;
    private readonly PngHeader _header;
    private readonly IReadOnlyList<PngPass> _passes;
    private readonly int _filterStep;
    private readonly byte[] _inflated;
    private byte[] _current;
    private byte[] _previous;
    private long _notInflated;
    private int _start;
    private int _end;
    private int _pass;
    private int _scanlineBytes;
    private int _row;
    private uint _checksum = Adler32.Start;

    internal PngScanlineReader(PngIdatStream idat, PngHeader header)
    {
        _idat = idat;
        _zlib = new ZLibStream(idat, CompressionMode.Decompress, leaveOpen: true);
        _header = header;
        _passes = header.Passes;
        _filterStep = header.FilterStep;
        _notInflated = _passes.Sum(pass => checked((1L + header.ScanlineBytes(pass)) * pass.Height));
        int longest = _passes.Max(header.ScanlineBytes);
        _inflated = new byte[Math.Min(Math.Max(SmallestBuffer, longest + 1), _notInflated)];
        _current = new byte[longest];
        _previous = new byte[longest];
        _scanlineBytes = header.ScanlineBytes(_passes[0]);
    }

    /// <summary>Where reading has come, for messages.</summary>
    private string Where => _header.Interlaced
        ? $"row {_row} of {_passes[_pass].Height} of pass {_passes[_pass].Number} (Adam7)"
        : $"row {_row} of {_header.Height}";

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
                    $"PNG: the compressed pixels end in {Where} ({_idat.Place}). The file is damaged.");
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
        if (_row == 0)
        {
            // Above a pass's first scanline are zeros, not the pass before.
            _previous.AsSpan(0, _scanlineBytes).Clear();
        }

        Span<byte> row = _current.AsSpan(0, _scanlineBytes);
        if (!PngUnfilter.Apply(filtered[0], filtered[1..], row, _previous.AsSpan(0, _scanlineBytes), _filterStep))
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"PNG: filter type {filtered[0]} stands in {Where}; there are 0 to 4 ({_idat.Place}). The file is damaged.");
        }

        _start += filtered.Length;
        _row++;
        if (_row == _passes[_pass].Height && _pass < _passes.Count - 1)
        {
            _pass++;
            _row = 0;
            _scanlineBytes = _header.ScanlineBytes(_passes[_pass]);
        }

        return row;
    }

    /// <summary>After the last scanline: the compressed data must end here, their checksum must match, and nothing may follow them.</summary>
    internal async ValueTask CompleteAsync(CancellationToken ct)
    {
        var one = new byte[1];
        if (await InflateAsync(one, ct).ConfigureAwait(false) != 0)
        {
            throw new VaeFormatException(
                VaeError.TrailingData,
                $"PNG: more pixels are stored than the {_header.Width} x {_header.Height} of the picture ({_idat.Place}). The file is damaged.");
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
                $"PNG: the compressed pixels are damaged, or their Adler-32 checksum does not match, in {Where} or shortly after ({_idat.Place}).",
                e);
        }
    }
}
