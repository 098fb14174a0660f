using System.Buffers;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>Samples of a tile to bytes and back: offers of pixels seen before, prediction, contexts, binary arithmetic coding (spec/vae-format.md, chapter 13).</summary>
/// <remarks>Not thread-safe; each thread has its own.</remarks>
internal sealed class LosslessTileCoder
{
    private const int Deepest = 255;

    /// <summary>No colour: it has more than three samples of eight bits.</summary>
    private const uint Outside = uint.MaxValue;

    private readonly int _width;
    private readonly int _channels;
    private readonly SamplePredictor[] _planes;
    private readonly BitModel _model = new(SampleContext.Sizes, SampleContext.FirstMixers, SampleContext.SecondMixers, BitModel.ResidualNodes);
    private PixelRepeats? _repeats;

    /// <summary>Makes a coder.</summary>
    /// <param name="width">Pixels in a row of the widest tile.</param>
    /// <param name="channels">Samples of a pixel: 1 or 3.</param>
    public LosslessTileCoder(int width, int channels)
    {
        _width = width;
        _channels = channels;
        _planes = new SamplePredictor[channels];
        for (int plane = 0; plane < channels; plane++)
        {
            _planes[plane] = new SamplePredictor(width, plane == 0 ? 0 : -Deepest, Deepest);
        }
    }

    /// <summary>Bytes that an instance takes for tiles of a width, three channels.</summary>
    public static long Bytes(int width) => BitModel.Bytes(SampleContext.Sizes, SampleContext.FirstMixers, SampleContext.SecondMixers, BitModel.ResidualNodes)
        + PixelRepeats.Bytes(width) + (3L * SamplePredictor.Rows * 3 * width * sizeof(int));

    /// <summary>Codes a tile.</summary>
    /// <param name="samples">Its samples from the first on: row after row, interleaved.</param>
    /// <param name="rowBytes">Bytes from one row to the next.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="way">Whether pixels seen before are offered.</param>
    /// <param name="output">Where the bytes go.</param>
    public void Encode(ReadOnlySpan<byte> samples, int rowBytes, int width, int height, TileWay way, IBufferWriter<byte> output)
    {
        PixelRepeats? repeats = Begin(way);
        BinaryEncoder coder = new(output);
        Span<int> pixel = stackalloc int[_channels];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = samples.Slice(y * rowBytes, width * _channels);
            BeginRow(width, repeats);
            for (int x = 0; x < width; x++)
            {
                uint colour = Colour(row.Slice(x * _channels, _channels));
                repeats?.Expect(x);
                Code(ref coder, x, colour, pixel, repeats);
            }
        }

        coder.Finish();
    }

    /// <summary>Codes a tile nearly: pixels are replaced by others where that saves more bits than it is worth.</summary>
    /// <param name="samples">In: its samples from the first on, row after row, interleaved, without gaps; out: those that were coded.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="price">Bits that a squared error of a sample is worth, 1 from black to white.</param>
    /// <param name="output">Where the bytes go.</param>
    public void EncodeNear(Span<byte> samples, int width, int height, float price, IBufferWriter<byte> output)
    {
        PixelRepeats repeats = Begin(TileWay.RepeatedSamples)!;
        PixelSubstitution substitution = new(price);
        BinaryEncoder coder = new(output);
        Span<int> pixel = stackalloc int[_channels];
        for (int y = 0; y < height; y++)
        {
            BeginRow(width, repeats);
            for (int x = 0; x < width; x++, samples = samples[_channels..])
            {
                repeats.Expect(x);
                uint colour = substitution.Choose(Colour(samples[.._channels]), repeats);
                if (repeats.Code(ref coder, ref colour))
                {
                    Keep(x, colour, pixel);
                }
                else
                {
                    long before = coder.Cost;
                    CodeResiduals(ref coder, x, colour, pixel);
                    repeats.Learn(colour);
                    substitution.Learn(coder.Cost - before);
                }

                Spread(colour, samples[.._channels]);
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
    /// <returns>Whether the bytes were sound to their end.</returns>
    public bool TryDecode(ReadOnlyMemory<byte> coded, Span<byte> samples, int rowBytes, int width, int height, TileWay way)
    {
        PixelRepeats? repeats = Begin(way);
        BinaryDecoder coder = new(coded);
        Span<int> pixel = stackalloc int[_channels];
        for (int y = 0; y < height && !coder.IsBehindEnd; y++)
        {
            Span<byte> row = samples.Slice(y * rowBytes, width * _channels);
            BeginRow(width, repeats);
            for (int x = 0; x < width; x++)
            {
                repeats?.Expect(x);
                uint colour = Code(ref coder, x, 0, pixel, repeats);

                // Out of range only where the bytes are not what an encoder wrote; what is learnt from it would leave its bounds.
                if (colour == Outside)
                {
                    return false;
                }

                Spread(colour, row.Slice(x * _channels, _channels));
            }
        }

        return coder.IsAtEnd;
    }

    private static uint Colour(ReadOnlySpan<byte> samples)
    {
        uint colour = 0;
        foreach (byte sample in samples)
        {
            colour = (colour << 8) | sample;
        }

        return colour;
    }

    private static void Spread(uint colour, Span<byte> samples)
    {
        for (int c = samples.Length - 1; c >= 0; c--, colour >>= 8)
        {
            samples[c] = (byte)colour;
        }
    }

    private PixelRepeats? Begin(TileWay way)
    {
        _model.Reset();
        Array.ForEach(_planes, plane => plane.Reset());
        if (way == TileWay.PredictedSamples)
        {
            return null;
        }

        _repeats ??= new PixelRepeats(_width);
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
    /// <param name="colour">Its colour; a decoder does not look at it.</param>
    /// <param name="pixel">Room for a pixel's planes.</param>
    /// <param name="repeats">What has been told where the pixel is, or null.</param>
    /// <returns>The pixel's colour, or <see cref="Outside"/>.</returns>
    private uint Code<TCoder>(ref TCoder coder, int x, uint colour, Span<int> pixel, PixelRepeats? repeats)
        where TCoder : struct, IBitCoder
    {
        if (repeats is not null && repeats.Code(ref coder, ref colour))
        {
            Keep(x, colour, pixel);
            return colour;
        }

        colour = CodeResiduals(ref coder, x, colour, pixel);
        repeats?.Learn(colour);
        return colour;
    }

    private void Keep(int x, uint colour, Span<int> pixel)
    {
        Split(colour, pixel);
        for (int plane = 0; plane < pixel.Length; plane++)
        {
            _planes[plane].Keep(x, pixel[plane]);
        }
    }

    private uint CodeResiduals<TCoder>(ref TCoder coder, int x, uint colour, Span<int> pixel)
        where TCoder : struct, IBitCoder
    {
        Split(colour, pixel);
        Span<int> contexts = stackalloc int[BitModel.Contexts];
        for (int plane = 0; plane < pixel.Length; plane++)
        {
            SamplePredictor predictor = _planes[plane];
            predictor.Predict(x, _planes.AsSpan(0, plane));
            (int first, int second) = SampleContext.Fill(x, _planes, plane, contexts);
            _model.Choose(contexts, first, second);
            int residual = _model.Code(ref coder, pixel[plane] - predictor.Level);
            pixel[plane] = predictor.Level + residual;
            predictor.Learn(x, pixel[plane], residual);
        }

        return Join(pixel);
    }

    private void Split(uint colour, Span<int> pixel)
    {
        if (_channels == 3)
        {
            (pixel[0], pixel[1], pixel[2]) = ColourDifferences.Of((int)(colour >> 16) & 255, (int)(colour >> 8) & 255, (int)colour & 255);
        }
        else
        {
            pixel[0] = (int)colour;
        }
    }

    private uint Join(ReadOnlySpan<int> pixel)
    {
        if (_channels == 1)
        {
            return (pixel[0] & ~Deepest) == 0 ? (uint)pixel[0] : Outside;
        }

        (int red, int green, int blue) = ColourDifferences.From(pixel[0], pixel[1], pixel[2]);
        return ((red | green | blue) & ~Deepest) == 0 ? ((uint)red << 16) | ((uint)green << 8) | (uint)blue : Outside;
    }
}
