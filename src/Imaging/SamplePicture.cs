using VaeCodec.Imaging.Io;
using VaeCodec.Imaging.Sample;

namespace VaeCodec.Imaging;

/// <summary>
/// A made-up landscape of any size: sky, hills, a lake, a boathouse, a tree, a meadow, a little grain. It has what a
/// photograph asks of a codec (gradients, soft and hard edges, texture at all scales, fine detail, noise), needs no
/// file, and has the same bytes on every machine: all its arithmetic is in integers.
/// </summary>
/// <remarks>Memory in proportion to the width only. The scene scales with the height; a larger picture has finer detail.</remarks>
public sealed class SamplePicture : IRowSource
{
    /// <summary>Largest width and height in pixels.</summary>
    public const int MaxSide = 1 << 20;

    private readonly SampleScene _scene;
    private RowCounter _rows;

    /// <summary>Creates the picture.</summary>
    /// <param name="width">Width in pixels, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Height in pixels, 1 to <see cref="MaxSide"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range.</exception>
    public SamplePicture(int width = 768, int height = 512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        Picture = new PictureDescription(width, height, PixelLayout.Rgb24);
        _scene = new SampleScene(width, height);
        _rows = new RowCounter(height, Picture.RowBytes);
    }

    /// <inheritdoc />
    public PictureDescription Picture { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException">More rows are asked for than are left.</exception>
    public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        _rows.Check(rows.Length, rowCount);
        int rowBytes = Picture.RowBytes;
        for (int i = 0; i < rowCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _scene.Render(_rows.Done, rows.Span.Slice(i * rowBytes, rowBytes));
            _rows.Add(1);
        }

        return ValueTask.CompletedTask;
    }
}
