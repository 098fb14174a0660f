namespace VaeCodec.Imaging.Png;

/// <summary>
/// The even rows of an interlaced picture. Adam7's first six passes hold their pixels, so all of these must have come
/// before the first row can go out; the seventh pass is the odd rows, whole and in order, and is not held.
/// </summary>
internal sealed class PngHeldRows
{
    private const int LastPass = 7;
    private readonly IReadOnlyList<PngPass> _passes;
    private readonly int _pixelBytes;
    private readonly int _rowBytes;
    private readonly int _count;
    private byte[] _pixels = [];

    /// <exception cref="VaeLimitException">The rows take more memory than is allowed.</exception>
    internal PngHeldRows(PngHeader header, PixelLayout layout, VaeLimits limits)
    {
        _passes = [.. header.Passes.Where(pass => pass.Number < LastPass)];
        _pixelBytes = layout.BytesPerPixel();
        _rowBytes = checked(header.Width * _pixelBytes);
        _count = (header.Height + 1) / 2;
        long bytes = (long)_rowBytes * _count;
        long most = Math.Min(limits.MaxMemoryBytes, Array.MaxLength);
        if (bytes > most)
        {
            throw new VaeLimitException(
                $"PNG: the picture of {header.Width} x {header.Height} pixels is interlaced (Adam7), so half of it is held, which needs {bytes} bytes; {most} are allowed. Raise the limit (--max-memory for the tool, VaeLimits.MaxMemoryBytes in code), or store it plainly, which is read row by row, for example: magick in.png -interlace none out.png");
        }
    }

    /// <summary>Whether the rows are here.</summary>
    internal bool Filled { get; private set; }

    /// <summary>Whether a row of the picture is one of these.</summary>
    internal static bool Has(int row) => (row & 1) == 0;

    /// <summary>A row's pixels.</summary>
    internal ReadOnlySpan<byte> Row(int row) => _pixels.AsSpan(row / 2 * _rowBytes, _rowBytes);

    /// <summary>Reads the passes that hold these rows.</summary>
    internal async ValueTask FillAsync(PngScanlineReader scanlines, PngExpander expander, CancellationToken ct)
    {
        _pixels = new byte[_rowBytes * _count];
        var line = new byte[_rowBytes];
        foreach (PngPass pass in _passes)
        {
            for (int y = 0; y < pass.Height; y++)
            {
                if (!scanlines.HasScanline)
                {
                    ct.ThrowIfCancellationRequested();
                    await scanlines.FillAsync(ct).ConfigureAwait(false);
                }

                expander.Expand(scanlines.Take(), line.AsSpan(0, pass.Width * _pixelBytes), pass, y);
                Spread(line, pass, pass.Row(y));
            }
        }

        Filled = true;
    }

    /// <summary>Lets go of the rows.</summary>
    internal void Free() => _pixels = [];

    private void Spread(ReadOnlySpan<byte> line, PngPass pass, int row)
    {
        Span<byte> pixels = _pixels.AsSpan(row / 2 * _rowBytes, _rowBytes);
        int step = pass.ColumnStep * _pixelBytes;
        int to = pass.FirstColumn * _pixelBytes;
        for (int from = 0; from < pass.Width * _pixelBytes; from += _pixelBytes, to += step)
        {
            for (int i = 0; i < _pixelBytes; i++)
            {
                pixels[to + i] = line[from + i];
            }
        }
    }
}
