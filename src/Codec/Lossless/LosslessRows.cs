using System.Buffers;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>The samples of one row of tiles, over the whole width of the picture, and what codes them.</summary>
internal sealed class LosslessRows : IDisposable
{
    private readonly SampleCoding _coding;
    private byte[] _samples;

    /// <summary>Makes room.</summary>
    /// <param name="samples">What is coded.</param>
    /// <param name="workers">How many tiles may be coded at a time.</param>
    public LosslessRows(SampleCoding samples, int workers)
    {
        _coding = samples;
        Workers = new LosslessWorkerPool(samples, workers);
        _samples = ArrayPool<byte>.Shared.Rent(checked(samples.Height(0) * samples.Picture.RowBytes));
    }

    /// <summary>What threads code tiles with.</summary>
    public LosslessWorkerPool Workers { get; }

    /// <summary>Rows of pixels in a row of tiles.</summary>
    /// <param name="row">Which.</param>
    public int Height(int row) => _coding.Height(row);

    /// <summary>The samples of a row of tiles.</summary>
    /// <param name="row">Which.</param>
    public Memory<byte> Samples(int row) => _samples.AsMemory(0, Height(row) * _coding.Picture.RowBytes);

    /// <summary>Decodes a tile to where its samples belong.</summary>
    /// <exception cref="VaeFormatException">It is not what was coded.</exception>
    public void Decode(TilePart tile) => Workers.Use(worker => worker.Decode(tile, Samples(tile.Row).Span, Height(tile.Row)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Workers.Dispose();
        ArrayPool<byte>.Shared.Return(_samples);
        _samples = [];
    }
}
