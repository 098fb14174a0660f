using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Chapter 13: a tile of samples, its pixels in raster order, of a pixel the planes in order.</summary>
internal sealed class SampleTileDecoder
{
    private const int LeastCodedBytes = 5;

    private readonly Grid<int> _samples;
    private readonly SampleFormat _format;
    private readonly SampleScale _scale;

    /// <summary>The largest sample.</summary>
    private readonly int _h;
    private readonly Plane[] _planes;
    private readonly IDecisions _decisions;
    private readonly ResidualReader _residuals;
    private readonly Colours _colours;

    /// <summary>What finds pixels among colours on offer; null in way 0.</summary>
    private readonly RepeatReader? _repeats;

    /// <param name="way">How the tile is coded: way 0 or 1.</param>
    /// <param name="decisions">The tile's decisions.</param>
    /// <param name="samples">Where its samples go.</param>
    /// <param name="format">What they are.</param>
    /// <param name="scale">The tile's scale.</param>
    public SampleTileDecoder(TileWay way, IDecisions decisions, Grid<int> samples, SampleFormat format, SampleScale scale)
    {
        _samples = samples;
        _format = format;
        _scale = scale;
        _h = scale.LevelCount == 0 ? format.Maximum : scale.LevelCount - 1;
        _planes = [.. Enumerable.Range(0, samples.Channels).Select(k => new Plane(format, scale.Shift, _h, k, samples.Rows, samples.Columns))];
        _decisions = decisions;
        _residuals = new ResidualReader(decisions);
        _colours = new Colours(format);
        _repeats = way == TileWay.RepeatedPixels ? new RepeatReader(decisions, _colours, samples.Rows, samples.Columns) : null;
    }

    /// <summary>Section 13.1: decodes and verifies the samples of a tile of a file.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="format">What the samples are.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="part">What of the tile is to be decoded.</param>
    /// <param name="coding">How that is coded.</param>
    public static Grid<int> Decode(Header header, SampleFormat format, TileSection tile, TilePart part, TileCoding coding)
    {
        int least = LeastCodedBytes + (format.HasScale ? SampleScale.Length : 0);
        DecodingException.Require(part.CodedBytes.Length >= least, FailureKind.CorruptSymbols, $"{part.CodedBytes.Length} coded bytes.");
        ByteReader bytes = new(coding.Bytes, FailureKind.CorruptSymbols);
        SampleScale scale = format.HasScale ? SampleScale.Read(bytes, format) : SampleScale.None;
        int height = Math.Min(header.TileSide, header.Height - (tile.Row * header.TileSide));
        int width = Math.Min(header.TileSide, header.Width - (tile.Column * header.TileSide));
        Grid<int> samples = new(height, width, format.Channels);
        new SampleTileDecoder(coding.Way, new ArithmeticReader(bytes.Rest()), samples, format, scale).Decode();
        bool right = Crc32C.Of(SampleBytes.Of(samples, format.BitDepth)) == part.Checksum;
        DecodingException.Require(right, FailureKind.CorruptSymbols, "A wrong checksum of samples.");
        return samples;
    }

    /// <summary>Decodes the whole tile.</summary>
    public void Decode()
    {
        int[]? levels = _scale.LevelCount == 0 ? null : new LevelList(_decisions).Read(_scale.LevelCount, _format.Maximum);
        for (int row = 0; row < _samples.Rows; row++)
        {
            for (int column = 0; column < _samples.Columns; column++)
            {
                int[] pixel = RepeatedPixel(row, column) ?? PredictedPixel(row, column);
                _repeats?.Learn(row, column, _colours.Of(pixel));
                for (int channel = 0; channel < pixel.Length; channel++)
                {
                    _samples[row, column, channel] = levels is null ? pixel[channel] : levels[pixel[channel]];
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

        int[] pixel = _colours.ToSamples(colour);
        for (int k = 0; k < _planes.Length; k++)
        {
            _planes[k].Samples.Set(row, column, pixel[k] - PlaneTransform.LessBy(_format, k, pixel));
        }

        return pixel;
    }

    /// <summary>Sections 13.3 to 13.6.</summary>
    private int[] PredictedPixel(int row, int column)
    {
        int[] pixel = new int[_planes.Length];
        for (int k = 0; k < _planes.Length; k++)
        {
            Predictor predictor = new(_planes, k, row, column);
            Prediction prediction = predictor.Predict();
            ContextFinder contexts = new(_planes, k, row, column, prediction);
            int lessBy = PlaneTransform.LessBy(_format, k, pixel);
            pixel[k] = ReadSample(contexts.Find(), prediction.Level + lessBy, _planes[k].Step);
            int value = pixel[k] - lessBy;
            predictor.Learn(prediction, value);
            _planes[k].Residuals.Set(row, column, value - prediction.Level);
        }

        return pixel;
    }

    /// <summary>A sample, exactly or, where there is a bound, in steps (section 13.11).</summary>
    /// <param name="contexts">The contexts of what is coded.</param>
    /// <param name="level">What is predicted of the sample.</param>
    /// <param name="step">The step of its plane.</param>
    private int ReadSample(DecisionContexts contexts, int level, int step)
    {
        if (step > 1)
        {
            return (int)Math.Clamp(level + ((long)step * _residuals.Read(contexts, 0)), 0, _h);
        }

        int sample = level + _residuals.Read(contexts, _scale.Shift);
        DecodingException.Require(sample >= 0 && sample <= _h, FailureKind.CorruptSymbols, $"The sample {sample}.");
        return sample;
    }
}
