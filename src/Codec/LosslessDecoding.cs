using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Parts;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>A decode of a lossless file: a band is a row of tiles.</summary>
internal sealed class LosslessDecoding(TileReader reader, PicturePart part, VaeDecoderOptions options)
    : PictureDecoding(reader, part, options, CodecMemory.PlanLossless(part.Tiles.Picture, part.Tiles.TileSize, options.ThreadCount, options.Limits))
{
    private readonly PictureDigest _digest = new();
    private LosslessRows? _rows;
    private byte[]? _lastRow;
    private int _row;
    private bool _unread;

    /// <inheritdoc/>
    protected override TileRowDecoding Prepare()
    {
        _rows = new LosslessRows(SampleCoding.All(Info) with { Stop = Stop }, Plan.SampleWorkers);
        return new LosslessRowDecoding(_rows, Part, Options.AllowPartial);
    }

    /// <summary>Continues the samples above a lost tile downwards; at the top there is grey.</summary>
    /// <inheritdoc/>
    protected override void Fill(int row, ReadOnlySpan<bool> lost)
    {
        int rowBytes = Info.Picture.RowBytes, tileBytes = Info.TileSize * Info.Picture.Layout.BytesPerPixel();
        Span<byte> samples = _rows!.Samples(row).Span;
        for (int column = 0; column < lost.Length; column++)
        {
            int first = column * tileBytes, length = Math.Min(tileBytes, rowBytes - first);

            // By rows: a place in the samples that goes on to what ends a loop may pass 2^31.
            for (int y = 0; lost[column] && y < samples.Length / rowBytes; y++)
            {
                Span<byte> target = samples.Slice((y * rowBytes) + first, length);
                if (_lastRow is null)
                {
                    FillGrey(target);
                }
                else
                {
                    _lastRow.AsSpan(first, length).CopyTo(target);
                }
            }
        }

        _lastRow ??= new byte[rowBytes];
        samples[^rowBytes..].CopyTo(_lastRow);
    }

    /// <inheritdoc/>
    protected override void BeginRow(int row) => (_row, _unread) = (row, true);

    /// <inheritdoc/>
    protected override int Compute() => _unread ? Part.Reduce(_rows!.Height(_row)) : 0;

    /// <inheritdoc/>
    protected override void Read(int first, Span<byte> rows)
    {
        ReadOnlySpan<byte> samples = _rows!.Samples(_row).Span;
        if (Part.Scale > 1)
        {
            BoxReduction.Reduce(Info.Picture, samples, Part.Scale, rows);
        }
        else
        {
            samples.CopyTo(rows);
        }

        if (MayHaveDigest && Part.IsWhole)
        {
            _digest.Append(samples);
        }

        _unread = false;
    }

    /// <summary>Holds the samples against their digest; where parts are missing or were not asked for there is nothing to hold against it.</summary>
    /// <inheritdoc/>
    protected override void Finish()
    {
        if (LostTiles.Count == 0 && TailProblem is null && Part.IsWhole)
        {
            _digest.Verify(Digest);
        }
    }

    /// <inheritdoc/>
    protected override void FreeBuffers()
    {
        _rows?.Dispose();
        _digest.Dispose();
    }

    /// <summary>Middle grey, opaque.</summary>
    private void FillGrey(Span<byte> pixels)
    {
        PictureDescription picture = Info.Picture;
        AlphaRows.Fill(pixels, picture.Layout, (picture.MaxSample + 1) / 2);
        int sampleBytes = picture.Layout.BytesPerSample();
        for (int i = picture.Layout.HasAlpha() ? picture.Layout.BytesPerPixel() - sampleBytes : pixels.Length; i < pixels.Length; i += picture.Layout.BytesPerPixel())
        {
            AlphaRows.Fill(pixels.Slice(i, sampleBytes), picture.Layout, picture.MaxSample);
        }
    }
}
