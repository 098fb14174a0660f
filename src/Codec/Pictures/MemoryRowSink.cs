
namespace VaeCodec;

/// <summary>Collects a picture's rows in memory.</summary>
public sealed class MemoryRowSink : IRowSink
{
    private readonly VaeLimits _limits;
    private PictureDescription? _picture;
    private byte[] _pixels = [];
    private RowCounter _rows;

    /// <summary>Creates an empty sink.</summary>
    /// <param name="limits">The picture's bytes count against <see cref="VaeLimits.MaxMemoryBytes"/>; null for the defaults.</param>
    public MemoryRowSink(VaeLimits? limits = null) => _limits = limits ?? VaeLimits.Default;

    /// <summary>Size, layout and metadata; known once the picture has begun.</summary>
    /// <exception cref="InvalidOperationException">No picture has begun.</exception>
    public PictureDescription Picture => _picture ?? throw new InvalidOperationException("No picture has begun.");

    /// <summary>The pixels, row after row; the array is the sink's own, not a copy. Rows that have not come are zero.</summary>
    public byte[] Pixels => _pixels;

    /// <summary>How many rows have come.</summary>
    public int RowsWritten => _rows.Done;

    /// <inheritdoc />
    /// <exception cref="VaeLimitException">The picture does not fit the memory limit or an array.</exception>
    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        cancellationToken.ThrowIfCancellationRequested();
        if (_picture is not null)
        {
            throw new InvalidOperationException("The sink has a picture already.");
        }

        long bytes = checked((long)picture.RowBytes * picture.Height);
        long most = Math.Min(_limits.MaxMemoryBytes, Array.MaxLength);
        if (bytes > most)
        {
            throw new VaeLimitException(
                $"A {picture.Width} x {picture.Height} {picture.Layout} picture takes {bytes} bytes in memory; {most} are allowed (VaeLimits.MaxMemoryBytes). Write it to a file row by row instead.");
        }

        _pixels = new byte[bytes];
        _picture = picture;
        _rows = new RowCounter(picture.Height, picture.RowBytes);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int rowBytes = Picture.RowBytes;
        _rows.Check(rows.Length, rowCount);
        rows[..(rowCount * rowBytes)].CopyTo(_pixels.AsMemory(_rows.Done * rowBytes));
        _rows.Add(rowCount);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = Picture;
        _rows.RequireAll("The end of the picture");
        return ValueTask.CompletedTask;
    }
}
