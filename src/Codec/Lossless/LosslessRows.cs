using System.Buffers;

namespace VaeCodec.Lossless;

/// <summary>The samples of one row of tiles, over the whole width of the picture, and what codes them.</summary>
internal sealed class LosslessRows : IDisposable
{
    private byte[] _samples;

    /// <summary>Makes room.</summary>
    /// <param name="samples">What is coded.</param>
    public LosslessRows(SampleCoding samples)
    {
        (Picture, TileSize) = (samples.Picture, samples.TileSize);
        Workers = new LosslessWorkerPool(samples);
        _samples = ArrayPool<byte>.Shared.Rent(checked(Math.Min(TileSize, Picture.Height) * Picture.RowBytes));
    }

    /// <summary>The picture.</summary>
    public PictureDescription Picture { get; }

    /// <summary>Side of a tile in pixels.</summary>
    public int TileSize { get; }

    /// <summary>What threads code tiles with.</summary>
    public LosslessWorkerPool Workers { get; }

    /// <summary>Rows of pixels in a row of tiles.</summary>
    /// <param name="row">Which.</param>
    public int Height(int row) => Math.Min(TileSize, Picture.Height - (row * TileSize));

    /// <summary>The samples of a row of tiles.</summary>
    /// <param name="row">Which.</param>
    public Memory<byte> Samples(int row) => _samples.AsMemory(0, Height(row) * Picture.RowBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        Workers.Dispose();
        ArrayPool<byte>.Shared.Return(_samples);
        _samples = [];
    }
}
