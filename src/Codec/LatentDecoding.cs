using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>A decode through the networks: latents of a row of tiles feed the synthesis row by row.</summary>
internal sealed class LatentDecoding(ContainerReader container, VaeImageInfo info, VaeModel model, VaeDecoderOptions options)
    : PictureDecoding(container, info, options, Check(info, model, options))
{
    private SynthesisTransform? _synthesis;
    private TileWorkerPool? _workers;
    private LatentRows? _latents;
    private LostTileFilling? _filling;
    private readonly PictureDescription _colour = info.Picture.WithoutAlpha();
    private SampleTiles? _samples;
    private SampleTiles? _alpha;
    private byte[] _colourRows = [];
    private byte[] _alphaRows = [];
    private int _rowsRead;
    private int _latentRow;
    private int _latentRows;

    /// <inheritdoc/>
    protected override TileRowDecoding Prepare()
    {
        PictureDescription picture = Info.Picture;
        TileArea largest = TileArea.Of(0, 0, Info.TileSize, picture.Width, picture.Height);
        int latentWidth = ModelDescription.PadSide(picture.Width) / ModelDescription.LatentStride;
        _workers = new TileWorkerPool(model, largest);
        _latents = new LatentRows(largest.Height, latentWidth, model.Networks.Description.LatentChannels);
        _synthesis = new SynthesisTransform(model.Cpu, Team!);
        _synthesis.Begin(picture.Width, picture.Height, _colour.Layout.Channels(), picture.BitDepth);
        _samples = Info.MixedTiles ? new SampleTiles(new SampleCoding(_colour, Info.TileSize, true)) : null;
        _alpha = picture.Layout.HasAlpha() ? new SampleTiles(SampleCoding.Alpha(picture, Info.TileSize, Info.MaxAlphaError)) : null;
        return new LatentRowDecoding(_workers, _latents, Info, _samples, _alpha, Options.AllowPartial);
    }

    /// <inheritdoc/>
    protected override void BeforeRow(int row, ReadOnlySpan<TileSection?> tiles)
    {
        bool[] received = new bool[tiles.Length], samples = new bool[tiles.Length];
        for (int column = 0; column < tiles.Length; column++)
        {
            if (tiles[column] is { } tile)
            {
                received[column] = true;

                // What cannot be taken apart is reported when it is decoded.
                TilePart colour = TilePart.Whole(tile);
                samples[column] = _samples is not null && (_alpha is null || TilePart.TrySplit(tile, out _, out colour)) && colour.IsSamples;
            }
        }

        _alpha?.Begin(row, received);
        if (samples.Contains(true))
        {
            CodecMemory.CheckSampleTiles(model, Info, Threads, Options.Limits);
            _samples!.Begin(row, samples);
        }
    }

    /// <inheritdoc/>
    protected override void Fill(int row, ReadOnlySpan<bool> lost)
    {
        TileArea[] areas = new TileArea[lost.Length];
        for (int column = 0; column < areas.Length; column++)
        {
            areas[column] = Area(column, row);
            if (lost[column])
            {
                _samples?.Lose(column, row);
                _alpha?.Lose(column, row);
            }
        }

        _filling ??= new LostTileFilling(_latents!, model.Networks.Description.LatentChannels);
        _filling.Fill(areas, lost);
    }

    /// <inheritdoc/>
    protected override void BeginRow(int row) => (_latentRow, _latentRows) = (0, Area(0, row).Height);

    /// <inheritdoc/>
    protected override int Compute()
    {
        SynthesisTransform synthesis = _synthesis!;
        while (true)
        {
            // Reading a band made room for what the synthesis still holds back.
            synthesis.Advance();
            if (synthesis.RowsReady > 0 || _latentRow == _latentRows)
            {
                return synthesis.RowsReady;
            }

            Feed(synthesis, _latents!);
        }
    }

    /// <inheritdoc/>
    protected override void Read(Span<byte> rows)
    {
        int count = rows.Length / Info.Picture.RowBytes;
        if (_alpha is null)
        {
            ReadColour(rows);
        }
        else
        {
            PictureDescription alpha = Info.Picture.AlphaAlone();
            Span<byte> colourRows = Room(ref _colourRows, checked(count * _colour.RowBytes)), alphaRows = Room(ref _alphaRows, checked(count * alpha.RowBytes));
            ReadColour(colourRows);

            // Lost tiles are opaque.
            AlphaRows.Fill(alphaRows, alpha.Layout, alpha.MaxSample);
            _alpha.Cover(_rowsRead, alphaRows);
            AlphaRows.Join(Info.Picture, colourRows, alphaRows, rows);
        }

        _rowsRead += count;
    }

    /// <inheritdoc/>
    protected override void FreeBuffers()
    {
        _workers?.Dispose();
        _latents?.Dispose();
        _synthesis?.Dispose();
        _samples?.Dispose();
        _alpha?.Dispose();
    }

    private static long Check(VaeImageInfo info, VaeModel model, VaeDecoderOptions options)
    {
        model.PrepareForDecoding();
        return CodecMemory.CheckDecode(model, info.Picture, info.TileSize, options.ThreadCount, options.Limits);
    }

    private static Span<byte> Room(ref byte[] buffer, int bytes)
    {
        if (buffer.Length < bytes)
        {
            buffer = new byte[bytes];
        }

        return buffer.AsSpan(0, bytes);
    }

    private void ReadColour(Span<byte> rows)
    {
        _synthesis!.ReadRows(rows);
        _samples?.Cover(_rowsRead, rows);
    }

    private TileArea Area(int column, int row) => TileArea.Of(column, row, Info.TileSize, Info.Picture.Width, Info.Picture.Height);

    private void Feed(SynthesisTransform synthesis, LatentRows latents)
    {
        ReadOnlySpan<float> inverseGain = model.Networks.InverseGain(Info.Quality);
        if (synthesis.LatentRowsWanted == 0)
        {
            throw new InvalidOperationException("The synthesis neither takes latents nor gives rows: its line buffers are too short for its network.");
        }

        for (int wanted = synthesis.LatentRowsWanted; wanted > 0 && _latentRow < _latentRows; wanted--)
        {
            synthesis.Push(latents[_latentRow++], inverseGain);
        }
    }
}
