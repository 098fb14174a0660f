using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Chapter 13: a tile of samples, its pixels in raster order, of a pixel the planes in order.</summary>
internal sealed class SampleTileDecoder
{
    private readonly Grid<int> _samples;
    private readonly int _maximum;
    private readonly Plane[] _planes;
    private readonly IDecisions _decisions;
    private readonly ResidualReader _residuals;

    /// <summary>What finds pixels among colours on offer; null in way 0.</summary>
    private readonly RepeatReader? _repeats;

    /// <param name="way">How the tile is coded: way 0 or 1.</param>
    /// <param name="decisions">The tile's decisions.</param>
    /// <param name="samples">Where its samples go.</param>
    /// <param name="maximum">The greatest value of a sample.</param>
    public SampleTileDecoder(TileWay way, IDecisions decisions, Grid<int> samples, int maximum)
    {
        _samples = samples;
        _maximum = maximum;
        _planes = [.. Enumerable.Range(0, samples.Channels).Select(k => new Plane(k, samples.Rows, samples.Columns, PlaneTransform.LeastSample(k, maximum), maximum))];
        _decisions = decisions;
        _residuals = new ResidualReader(decisions);
        _repeats = way == TileWay.RepeatedPixels ? new RepeatReader(decisions, samples.Rows, samples.Columns) : null;
    }

    /// <summary>Section 13.1: decodes and verifies the samples of a tile of a file.</summary>
    public static Grid<int> Decode(Header header, TileSection tile, TileCoding coding)
    {
        int height = Math.Min(header.TileSide, header.Height - (tile.Row * header.TileSide));
        int width = Math.Min(header.TileSide, header.Width - (tile.Column * header.TileSide));
        Grid<int> samples = new(height, width, header.Channels);
        new SampleTileDecoder(coding.Way, new ArithmeticReader(coding.Bytes), samples, header.MaximumSample).Decode();
        DecodingException.Require(Crc32C.Of(ToBytes(samples)) == tile.SymbolChecksum, FailureKind.CorruptSymbols, "A wrong symbol checksum.");
        return samples;
    }

    /// <summary>Section 13.1: what the symbol checksum covers, the samples row after row, interleaved, a byte each.</summary>
    public static byte[] ToBytes(Grid<int> samples) => [.. samples.Values.Select(sample => (byte)sample)];

    /// <summary>Decodes the whole tile.</summary>
    public void Decode()
    {
        for (int row = 0; row < _samples.Rows; row++)
        {
            for (int column = 0; column < _samples.Columns; column++)
            {
                int[] pixel = RepeatedPixel(row, column) ?? PredictedPixel(row, column);
                _repeats?.Learn(row, column, Colours.Of(pixel));
                for (int channel = 0; channel < pixel.Length; channel++)
                {
                    _samples[row, column, channel] = pixel[channel];
                }
            }
        }

        _decisions.RequireEnd();
    }

    /// <summary>Section 13.9: a pixel that is a colour on offer leaves all but the samples of its planes zero, and nothing is learnt in them.</summary>
    private int[]? RepeatedPixel(int row, int column)
    {
        if (_repeats?.Read(row, column) is not { } colour)
        {
            return null;
        }

        int[] pixel = Colours.ToSamples(colour, _planes.Length);
        int[] values = PlaneTransform.ToPlanes(pixel);
        for (int k = 0; k < _planes.Length; k++)
        {
            _planes[k].Samples.Set(row, column, values[k]);
        }

        return pixel;
    }

    /// <summary>Sections 13.3 to 13.6.</summary>
    private int[] PredictedPixel(int row, int column)
    {
        int[] values = new int[_planes.Length];
        for (int k = 0; k < _planes.Length; k++)
        {
            Predictor predictor = new(_planes, k, row, column);
            Prediction prediction = predictor.Predict();
            ContextFinder contexts = new(_planes, k, row, column, prediction);
            int residual = _residuals.Read(contexts.Find());
            values[k] = prediction.Level + residual;
            predictor.Learn(prediction, values[k]);
            _planes[k].Residuals.Set(row, column, residual);
        }

        int[] pixel = PlaneTransform.ToSamples(values);
        foreach (int sample in pixel)
        {
            DecodingException.Require(sample >= 0 && sample <= _maximum, FailureKind.CorruptSymbols, $"The sample {sample}.");
        }

        return pixel;
    }
}
