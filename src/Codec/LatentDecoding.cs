using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Parts;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>A decode through the networks: latents of a row of tiles feed the synthesis row by row.</summary>
internal sealed class LatentDecoding(TileReader reader, PicturePart part, VaeModel model, VaeDecoderOptions options)
    : PictureDecoding(reader, part, options, CodecMemory.PlanDecode(model, part.Tiles, part.Scale, options.ThreadCount, options.Limits, part.IsCut))
{
    private readonly TileArea _seen = new(
        part.Seen.X / ModelDescription.LatentStride,
        part.Seen.Y / ModelDescription.LatentStride,
        ModelDescription.PadSide(part.Seen.Width) / ModelDescription.LatentStride,
        ModelDescription.PadSide(part.Seen.Height) / ModelDescription.LatentStride);

    private ISynthesis? _synthesis;
    private TileWorkerPool? _workers;
    private LatentRows? _latents;
    private LostTileFilling? _filling;
    private readonly PictureDescription _colour = part.Reduced.WithoutAlpha();
    private SampleTiles? _samples;
    private SampleTiles? _alpha;
    private byte[] _colourRows = [];
    private byte[] _alphaRows = [];
    private byte[] _seenRows = [];
    private int _latentRow;
    private int _endLatentRow;

    /// <inheritdoc/>
    protected override TileRowDecoding Prepare()
    {
        PictureDescription picture = Info.Picture;
        TileArea largest = TileArea.Of(0, 0, Info.TileSize, picture.Width, picture.Height);
        int latentWidth = ModelDescription.PadSide(picture.Width) / ModelDescription.LatentStride;
        _workers = new TileWorkerPool(model, largest);
        _latents = new LatentRows(largest.Height, latentWidth, model.Networks.Description.LatentChannels);
        _synthesis = Part.Scale == 1 ? new SynthesisTransform(model.Cpu, Team!) : new ReducedSynthesis(model.Cpu, Team!, Part.Scale);
        _synthesis.Begin(Part.Seen.Width, Part.Seen.Height, _colour.Layout.Channels(), picture.BitDepth, picture.Width);
        _samples = Info.MixedTiles ? new SampleTiles(new SampleCoding(picture.WithoutAlpha(), Info.TileSize, true) { Stop = Stop }, Part.Scale, Plan.SampleWorkers) : null;
        _alpha = picture.Layout.HasAlpha() ? new SampleTiles(SampleCoding.Alpha(picture, Info.TileSize, Info.MaxAlphaError) with { Stop = Stop }, Part.Scale, Plan.SampleWorkers) : null;
        return new LatentRowDecoding(_workers, _latents, Part, _samples, _alpha, Options);
    }

    /// <inheritdoc/>
    protected override void BeforeRow(int row, ReadOnlySpan<TileSection?> tiles)
    {
        bool[] received = new bool[tiles.Length], samples = new bool[tiles.Length];
        for (int column = 0; column < tiles.Length; column++)
        {
            if (tiles[column] is { } tile && Part.Shows(column, row))
            {
                received[column] = true;

                // What cannot be taken apart is reported when it is decoded.
                TilePart whole = TilePart.Whole(tile), colour = whole;
                samples[column] = _samples is not null && (_alpha is null || whole.TrySplit(out _, out colour)) && colour.IsSamples;
            }
        }

        _alpha?.Begin(row, received);
        if (samples.Contains(true))
        {
            CodecMemory.CheckSampleTiles(model, Info, Part.Scale, Options.Limits, Part.IsCut);
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
    protected override void BeginRow(int row)
    {
        TileArea area = Area(0, row);
        _latentRow = Math.Max(area.Row, _seen.Row);
        _endLatentRow = Math.Min(area.Row + area.Height, _seen.Row + _seen.Height);
        _samples?.End(row);
        _alpha?.End(row);
    }

    /// <inheritdoc/>
    protected override int Compute()
    {
        ISynthesis synthesis = _synthesis!;
        while (true)
        {
            // Reading a band made room for what the synthesis still holds back.
            synthesis.Advance();
            if (synthesis.RowsReady > 0 || _latentRow >= _endLatentRow)
            {
                return synthesis.RowsReady;
            }

            Feed(synthesis, _latents!);
        }
    }

    /// <inheritdoc/>
    protected override void Read(int first, Span<byte> rows)
    {
        int count = rows.Length / Part.Reduced.RowBytes;
        if (_alpha is null)
        {
            ReadColour(first, rows);
        }
        else
        {
            PictureDescription alpha = Part.Reduced.AlphaAlone();
            Span<byte> colourRows = Room(ref _colourRows, checked(count * _colour.RowBytes)), alphaRows = Room(ref _alphaRows, checked(count * alpha.RowBytes));
            ReadColour(first, colourRows);

            // Lost tiles are opaque.
            AlphaRows.Fill(alphaRows, alpha.Layout, alpha.MaxSample);
            _alpha.Cover(first, alphaRows);
            AlphaRows.Join(Part.Reduced, colourRows, alphaRows, rows);
        }
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

    private static Span<byte> Room(ref byte[] buffer, int bytes)
    {
        if (buffer.Length < bytes)
        {
            buffer = new byte[bytes];
        }

        return buffer.AsSpan(0, bytes);
    }

    private void ReadColour(int first, Span<byte> rows)
    {
        int rowBytes = _colour.RowBytes, seenBytes = Part.Reduce(Part.Seen.Width) * _colour.Layout.BytesPerPixel();
        if (seenBytes == rowBytes)
        {
            _synthesis!.ReadRows(rows);
        }
        else
        {
            int count = rows.Length / rowBytes, left = Part.Seen.X / Part.Scale * _colour.Layout.BytesPerPixel();
            Span<byte> seen = Room(ref _seenRows, checked(count * seenBytes));
            _synthesis!.ReadRows(seen);
            for (int row = 0; row < count; row++)
            {
                seen.Slice(row * seenBytes, seenBytes).CopyTo(rows[((row * rowBytes) + left)..]);
            }
        }

        _samples?.Cover(first, rows);
    }

    private TileArea Area(int column, int row) => TileArea.Of(column, row, Info.TileSize, Info.Picture.Width, Info.Picture.Height);

    private void Feed(ISynthesis synthesis, LatentRows latents)
    {
        ReadOnlySpan<float> inverseGain = model.Networks.InverseGain(Info.Quality);
        if (synthesis.LatentRowsWanted == 0)
        {
            throw new InvalidOperationException("The synthesis neither takes latents nor gives rows: its line buffers are too short for its network.");
        }

        int channels = model.Networks.Description.LatentChannels;
        for (int wanted = synthesis.LatentRowsWanted; wanted > 0 && _latentRow < _endLatentRow; wanted--)
        {
            synthesis.Push(latents[_latentRow++].Slice(_seen.Column * channels, _seen.Width * channels), inverseGain);
        }
    }
}
