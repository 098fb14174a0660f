using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>An encode that keeps every sample, or every sample within a bound.</summary>
internal sealed class LosslessEncoding : PictureEncoding
{
    private ContainerHeader? _header;
    private PictureDigest? _digest;
    private LosslessRows? _rows;
    private LosslessRowEncoding? _tiles;

    public LosslessEncoding(IRowSource source, PipeWriter output, VaeEncoderOptions options)
        : base(source, output, options)
        => _ = MakePlan(options, 1);

    /// <inheritdoc/>
    protected override ContainerHeader Header => _header ??= new ContainerHeader
    {
        Width = Picture.Width,
        Height = Picture.Height,
        Layout = Picture.Layout,
        BitDepth = Picture.BitDepth,
        Lossless = true,
        MixedTiles = Options.Effort > 1,
        Quality = ContainerHeader.LosslessQuality,
        TileSize = Options.TileSize,
        Colour = Picture.Colour,
        ModelIdentity = default,
        ModelName = ContainerHeader.LosslessName,
        MaxError = Options.Lossless ? 0 : Options.MaxError,
        MaxAlphaError = Options.Lossless || !Picture.Layout.HasAlpha() ? 0 : ErrorBounds.OfAlpha(Options.AlphaQuality, Picture.MaxSample),
        HasDigest = Options.Lossless && Options.Digest,
    };

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        _rows?.Dispose();
        _digest?.Dispose();
    }

    /// <inheritdoc/>
    protected override WorkPlan MakePlan(VaeEncoderOptions options, int threads, long held = 0) => CodecMemory.PlanLossless(Picture, options.TileSize, threads, options.Limits, held);

    /// <inheritdoc/>
    protected override bool Fits(VaeEncoderOptions options) => CodecMemory.FitsLossless(Picture, options);

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _rows = new LosslessRows(new SampleCoding(Picture, Header.TileSize, Header.MixedTiles) { Bounds = new ErrorBounds(Header.MaxError, Header.MaxAlphaError), Stop = Stop }, Plan.SampleWorkers);
        _digest = Header.HasDigest ? new PictureDigest() : null;
        _tiles = new LosslessRowEncoding(_rows);
    }

    /// <inheritdoc/>
    protected override async ValueTask CodeAsync(int row, CodedTile[] tiles, CancellationToken cancellationToken)
    {
        for (Memory<byte> missing = _rows!.Samples(row); !missing.IsEmpty;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlyMemory<byte> rows = await TakeRowsAsync(missing.Length / Picture.RowBytes, cancellationToken).ConfigureAwait(false);
            rows.CopyTo(missing);
            missing = missing[rows.Length..];
        }

        _digest?.Append(_rows.Samples(row).Span);
        _tiles!.Row = row;
        _tiles.Coded = tiles;
        Team.Run(tiles.Length, _tiles);
    }

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> Digest() => _digest?.Finish() ?? default;
}
