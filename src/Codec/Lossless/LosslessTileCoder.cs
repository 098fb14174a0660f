using System.Buffers;

namespace VaeCodec.Lossless;

/// <summary>Samples of a tile to bytes and back, exactly: prediction, contexts, binary arithmetic coding (spec/vae-format.md, chapter 13).</summary>
/// <remarks>Not thread-safe; each thread has its own.</remarks>
internal sealed class LosslessTileCoder
{
    private const int Deepest = 255;

    private readonly int _channels;
    private readonly SamplePredictor[] _planes;
    private readonly BitModel _model = new(SampleContext.Sizes, SampleContext.FirstMixers, SampleContext.SecondMixers);

    /// <summary>Makes a coder.</summary>
    /// <param name="width">Pixels in a row of the widest tile.</param>
    /// <param name="channels">Samples of a pixel: 1 or 3.</param>
    public LosslessTileCoder(int width, int channels)
    {
        _channels = channels;
        _planes = new SamplePredictor[channels];
        for (int plane = 0; plane < channels; plane++)
        {
            _planes[plane] = new SamplePredictor(width, plane == 0 ? 0 : -Deepest, Deepest);
        }
    }

    /// <summary>Bytes that an instance takes for tiles of a width, three channels.</summary>
    public static long Bytes(int width) => BitModel.Bytes(SampleContext.Sizes, SampleContext.FirstMixers, SampleContext.SecondMixers) + (3L * SamplePredictor.Rows * 3 * width * sizeof(int));

    /// <summary>Codes a tile.</summary>
    /// <param name="samples">Its samples from the first on: row after row, interleaved.</param>
    /// <param name="rowBytes">Bytes from one row to the next.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="output">Where the bytes go.</param>
    public void Encode(ReadOnlySpan<byte> samples, int rowBytes, int width, int height, IBufferWriter<byte> output)
    {
        Reset();
        BinaryEncoder coder = new(output);
        Span<int> pixel = stackalloc int[_channels];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = samples.Slice(y * rowBytes, width * _channels);
            BeginRow(width);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> source = row.Slice(x * _channels, _channels);
                if (_channels == 3)
                {
                    (pixel[0], pixel[1], pixel[2]) = ColourDifferences.Of(source[0], source[1], source[2]);
                }
                else
                {
                    pixel[0] = source[0];
                }

                Code(ref coder, x, pixel);
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
    /// <returns>Whether the bytes were sound to their end.</returns>
    public bool TryDecode(ReadOnlyMemory<byte> coded, Span<byte> samples, int rowBytes, int width, int height)
    {
        Reset();
        BinaryDecoder coder = new(coded);
        Span<int> pixel = stackalloc int[_channels];
        for (int y = 0; y < height && !coder.IsBehindEnd; y++)
        {
            Span<byte> row = samples.Slice(y * rowBytes, width * _channels);
            BeginRow(width);
            for (int x = 0; x < width; x++)
            {
                Code(ref coder, x, pixel);
                Span<byte> target = row.Slice(x * _channels, _channels);
                int outside = pixel[0];
                if (_channels == 3)
                {
                    (int red, int green, int blue) = ColourDifferences.From(pixel[0], pixel[1], pixel[2]);
                    (target[0], target[1], target[2]) = ((byte)red, (byte)green, (byte)blue);
                    outside |= green | blue;
                }
                else
                {
                    target[0] = (byte)pixel[0];
                }

                // Out of range only where the bytes are not what an encoder wrote; what is learnt from it would leave its bounds.
                if ((outside & ~Deepest) != 0)
                {
                    return false;
                }
            }
        }

        return coder.IsAtEnd;
    }

    private void Reset()
    {
        _model.Reset();
        Array.ForEach(_planes, plane => plane.Reset());
    }

    private void BeginRow(int width)
    {
        foreach (SamplePredictor plane in _planes)
        {
            plane.BeginRow(width);
        }
    }

    private void Code<TCoder>(ref TCoder coder, int x, Span<int> pixel)
        where TCoder : struct, IBitCoder
    {
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
    }
}
