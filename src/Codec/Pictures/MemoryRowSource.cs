
namespace VaeCodec;

/// <summary>A picture whose pixels are in memory.</summary>
public sealed class MemoryRowSource : IRowSource
{
    private readonly ReadOnlyMemory<byte> _pixels;
    private RowCounter _rows;

    /// <summary>Wraps pixels; they are not copied and must not change while they are read.</summary>
    /// <param name="picture">Size, layout and metadata.</param>
    /// <param name="pixels">Row after row, <see cref="PictureDescription.RowBytes"/> bytes each, exactly height rows.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a side is below 1.</exception>
    public MemoryRowSource(PictureDescription picture, ReadOnlyMemory<byte> pixels)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(picture.Width, 1, nameof(picture));
        ArgumentOutOfRangeException.ThrowIfLessThan(picture.Height, 1, nameof(picture));
        long expected = (long)picture.Width * picture.Layout.BytesPerPixel() * picture.Height;
        if (pixels.Length != expected)
        {
            throw new ArgumentException(
                $"A {picture.Width} x {picture.Height} {picture.Layout} picture takes {expected} bytes, not {pixels.Length}.",
                nameof(pixels));
        }

        Picture = picture;
        _pixels = pixels;
        _rows = new RowCounter(picture.Height, picture.RowBytes);
    }

    /// <inheritdoc />
    public PictureDescription Picture { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException">More rows are asked for than are left.</exception>
    public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _rows.Check(rows.Length, rowCount);
        int rowBytes = Picture.RowBytes;
        _pixels.Slice(_rows.Done * rowBytes, rowCount * rowBytes).CopyTo(rows);
        _rows.Add(rowCount);
        return ValueTask.CompletedTask;
    }
}
