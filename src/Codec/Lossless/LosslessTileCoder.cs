using System.Buffers;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>Samples of a tile to bytes and back: offers of pixels seen before, prediction, contexts, binary arithmetic coding (spec/vae-format.md, chapter 13).</summary>
/// <remarks>Not thread-safe; each thread has its own.</remarks>
internal sealed class LosslessTileCoder : IDisposable
{
    private readonly int _width;
    private readonly int _colours;
    private readonly int _maxSample;
    private readonly bool _isAlpha;
    private readonly ErrorBounds _bounds;
    private readonly WorkStop _stop;
    private readonly PixelPacking _packing;
    private readonly SamplePredictor[] _planes;
    private readonly int[] _steps;
    private readonly BitModel _model = new(SampleContext.Sizes, SampleContext.FirstMixers, SampleContext.SecondMixers, BitModel.ResidualNodes);
    private PixelRepeats? _repeats;
    private ushort[] _levels = [];
    private int _shift;
    private int _highest;

    /// <summary>Makes a coder.</summary>
    /// <param name="width">Pixels in a row of the widest tile.</param>
    /// <param name="samples">What is coded.</param>
    public LosslessTileCoder(int width, SampleCoding samples)
    {
        _width = width;
        _colours = samples.Picture.Layout.ColourChannels();
        _maxSample = samples.Picture.MaxSample;
        _isAlpha = samples.IsAlpha;
        _bounds = samples.Bounds;
        _stop = samples.Stop;
        _packing = new PixelPacking(samples.Picture.Layout);
        _steps = new int[_packing.Channels];
        _planes = new SamplePredictor[_packing.Channels];
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            _planes[plane] = new SamplePredictor(width, plane is 1 or 2 && plane < _colours);
        }
    }

    /// <summary>Bytes that an instance takes for tiles of a width.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="layout">The samples of a pixel.</param>
    public static long Bytes(int width, PixelLayout layout) => BitModel.Bytes(SampleContext.Sizes, SampleContext.FirstMixers, SampleContext.SecondMixers, BitModel.ResidualNodes)
        + PixelRepeats.Bytes(width, new PixelPacking(layout).IsWide) + ((long)Math.Max(3, layout.Channels()) * SamplePredictor.Rows * 3 * width * sizeof(int));

    /// <summary>Codes a tile.</summary>
    /// <param name="samples">In: its samples from the first on, row after row, interleaved; out: those that were coded, which are others only within the bounds or by substitution.</param>
    /// <param name="rowBytes">Bytes from one row to the next.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="way">Whether pixels seen before are offered.</param>
    /// <param name="scale">How fine the samples are.</param>
    /// <param name="numbers">For each value its number in the list of values, counted from 1, if the scale has a list.</param>
    /// <param name="substitution">Replaces pixels by some that are on offer; null where none are replaced.</param>
    /// <param name="output">Where the bytes go.</param>
    public void Encode(Span<byte> samples, int rowBytes, int width, int height, TileWay way, SampleScale scale, ReadOnlySpan<ushort> numbers, PixelSubstitution? substitution, IBufferWriter<byte> output)
    {
        PixelRepeats? repeats = Begin(way, scale);
        BinaryEncoder coder = new(output);
        numbers = scale.LevelCount == 0 ? [] : numbers;
        for (int value = 0; value < numbers.Length; value++)
        {
            if (numbers[value] > 0)
            {
                _levels[numbers[value] - 1] = (ushort)value;
            }
        }

        LevelList.Code(ref coder, _levels, _maxSample);
        bool changes = substitution is not null || Array.Exists(_steps, step => step > 1);
        for (int y = 0; y < height; y++)
        {
            _stop.Token.ThrowIfCancellationRequested();
            Span<byte> row = samples.Slice(y * rowBytes, width * _packing.PixelBytes);
            BeginRow(width, repeats);
            for (int x = 0; x < width; x++)
            {
                Span<byte> pixel = row.Slice(x * _packing.PixelBytes, _packing.PixelBytes);
                ulong colour = _packing.Colour(pixel, numbers);
                repeats?.Expect(x);
                if (repeats is not null && substitution is not null)
                {
                    colour = substitution.Choose(colour, repeats);
                }

                Code(ref coder, x, ref colour, repeats, substitution);
                if (changes)
                {
                    _packing.Spread(colour, _levels, pixel);
                }
            }
        }

        coder.Finish();
    }

    /// <summary>Decodes a tile.</summary>
    /// <param name="coded">Its bytes; not trusted.</param>
    /// <param name="samples">Out: its samples from the first on.</param>
    /// <param name="rowBytes">Bytes from one row to the next.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="way">Whether pixels seen before are offered.</param>
    /// <param name="scale">How fine the samples are.</param>
    /// <returns>Whether the bytes were sound to their end.</returns>
    public bool TryDecode(ReadOnlyMemory<byte> coded, Span<byte> samples, int rowBytes, int width, int height, TileWay way, SampleScale scale)
    {
        PixelRepeats? repeats = Begin(way, scale);
        BinaryDecoder coder = new(coded);
        if (!LevelList.Code(ref coder, _levels, _maxSample))
        {
            return false;
        }

        for (int y = 0; y < height && !coder.IsBehindEnd; y++)
        {
            _stop.Token.ThrowIfCancellationRequested();
            Span<byte> row = samples.Slice(y * rowBytes, width * _packing.PixelBytes);
            BeginRow(width, repeats);
            for (int x = 0; x < width; x++)
            {
                repeats?.Expect(x);
                ulong colour = 0;
                if (!Code(ref coder, x, ref colour, repeats))
                {
                    return false;
                }

                _packing.Spread(colour, _levels, row.Slice(x * _packing.PixelBytes, _packing.PixelBytes));
            }
        }

        return coder.IsAtEnd;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _repeats?.Dispose();
    }

    private PixelRepeats? Begin(TileWay way, SampleScale scale)
    {
        (_shift, _highest) = (scale.Shift, scale.LevelCount > 0 ? scale.LevelCount - 1 : _maxSample);
        _levels = scale.LevelCount > 0 ? new ushort[scale.LevelCount] : [];
        _model.Reset();
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            _planes[plane].Reset(_highest, scale.Shift);
            _steps[plane] = (2 * (_isAlpha || plane == _colours ? _bounds.Alpha : _bounds.Colour)) + 1;
        }

        if (way == TileWay.PredictedSamples)
        {
            return null;
        }

        _repeats ??= new PixelRepeats(_width, _packing.IsWide);
        _repeats.Reset();
        return _repeats;
    }

    private void BeginRow(int width, PixelRepeats? repeats)
    {
        repeats?.BeginRow();
        foreach (SamplePredictor plane in _planes)
        {
            plane.BeginRow(width);
        }
    }

    /// <summary>Codes a pixel.</summary>
    /// <param name="coder">Codes decisions.</param>
    /// <param name="x">Its column.</param>
    /// <param name="colour">In: its colour, which a decoder does not look at; out: the one that was coded.</param>
    /// <param name="repeats">What has been told where the pixel is, or null.</param>
    /// <returns>Whether there is such a colour. Where there is none, the bytes are not what an encoder wrote, and what is learnt from them would leave its bounds.</returns>
    private bool Code<TCoder>(ref TCoder coder, int x, ref ulong colour, PixelRepeats? repeats)
        where TCoder : struct, IBitCoder
    {
        if (repeats is not null && repeats.Code(ref coder, ref colour))
        {
            Keep(x, colour);
            return true;
        }

        if (!CodeResiduals(ref coder, x, ref colour))
        {
            return false;
        }

        repeats?.Learn(colour);
        return true;
    }

    /// <summary>Codes a pixel, and tells who replaces pixels what it took.</summary>
    private void Code(ref BinaryEncoder coder, int x, ref ulong colour, PixelRepeats? repeats, PixelSubstitution? substitution)
    {
        if (repeats is null || substitution is null)
        {
            Code(ref coder, x, ref colour, repeats);
        }
        else if (repeats.Code(ref coder, ref colour))
        {
            Keep(x, colour);
        }
        else
        {
            long before = coder.Cost;
            CodeResiduals(ref coder, x, ref colour);
            repeats.Learn(colour);
            substitution.Learn(coder.Cost - before);
        }
    }

    private void Keep(int x, ulong colour)
    {
        int first = 0, second = 0;
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            int sample = _packing.Sample(colour, plane);
            _planes[plane].Keep(x, sample - Base(plane, first, second));
            (first, second) = plane == 0 ? (sample, second) : (first, plane == 1 ? sample : second);
        }
    }

    private bool CodeResiduals<TCoder>(ref TCoder coder, int x, ref ulong colour)
        where TCoder : struct, IBitCoder
    {
        Span<int> contexts = stackalloc int[BitModel.Contexts];
        ulong wanted = colour;
        colour = 0;
        int first = 0, second = 0;
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            SamplePredictor predictor = _planes[plane];
            int from = Base(plane, first, second), step = _steps[plane];
            predictor.Predict(x, _planes.AsSpan(0, plane == _colours ? 0 : plane));
            (int firstMixer, int secondMixer) = SampleContext.Fill(x, _planes, plane, contexts);
            _model.Choose(contexts, firstMixer, secondMixer);
            int distance = _packing.Sample(wanted, plane) - from - predictor.Level;
            int count = _model.Code(ref coder, step == 1 ? distance : Steps(distance, plane, _packing.Sample(wanted, plane)), step == 1 ? _shift : 0);
            long sample = from + predictor.Level + ((long)count * step);
            if (step > 1)
            {
                sample = Math.Clamp(sample, 0, _highest);
            }
            else if ((ulong)sample > (ulong)_highest)
            {
                return false;
            }

            predictor.Learn(x, (int)sample - from, (int)sample - from - predictor.Level);
            colour = _packing.Add(colour, (int)sample);
            (first, second) = plane == 0 ? ((int)sample, second) : (first, plane == 1 ? (int)sample : second);
        }

        return true;
    }

    /// <summary>The steps that come within the bound of a sample; both ends of alpha are reached, where decoders stop at them.</summary>
    private int Steps(int distance, int plane, int sample)
    {
        int step = _steps[plane], magnitude = Math.Abs(distance);
        bool exact = (_isAlpha || plane == _colours) && (sample == 0 || sample == _highest) && distance < 0 == (sample == 0);
        int count = (magnitude + (exact ? step - 1 : step / 2)) / step;
        return distance < 0 ? -count : count;
    }

    /// <summary>
    /// What a plane's samples are counted from: green from red, and blue from the mean of both, so that what is alike in them is coded once; others from zero.
    /// </summary>
    private int Base(int plane, int first, int second) => _colours == 3 && plane is 1 or 2 ? plane == 1 ? first : (first + second) >> 1 : 0;
}
