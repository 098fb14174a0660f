using System.Buffers.Binary;
using VaeCodec.Metrics;

namespace VaeCodec.Tool;

/// <summary>Takes the rows of one picture and compares them with those of another.</summary>
/// <param name="expected">The other picture, at its first row.</param>
internal sealed class ComparingSink(IRowSource expected) : IRowSink
{
    private const int ExactAlpha = 100;

    private readonly SampleDifference _difference = new(MeasuredPictures.Format(expected.Picture));
    private byte[] _rows = [];
    private int _maxHiddenError;

    /// <summary>PSNR in dB of the rows so far, over all colour samples that can be seen.</summary>
    public double Psnr => _difference.Psnr;

    /// <summary>PSNR in dB of their alpha; null where there is none.</summary>
    public double? AlphaPsnr => _difference.AlphaPsnr;

    /// <summary>Holds the rows so far against what an encoder promised: every sample, or a bound on every error; and exact alpha.</summary>
    /// <param name="options">How the picture was encoded.</param>
    /// <exception cref="VaeException">It was not kept.</exception>
    public void Require(VaeEncoderOptions options)
    {
        int maxError = Math.Max(_difference.MaxError, _maxHiddenError);
        bool colour = EncodeJob.IsOfSamples(options) && maxError > options.MaxError;
        if (colour || (options.AlphaQuality == ExactAlpha && _difference.MaxAlphaError > 0))
        {
            string what = colour ? $"a colour of the decoded picture is wrong by {maxError} levels, where {options.MaxError} are allowed" : $"alpha of the decoded picture is wrong by {_difference.MaxAlphaError} levels, where it is to be exact";
            throw new VaeException(VaeError.Failure, $"Not kept: {what}. Either the picture changed while it was encoded, or this machine or vaecodec makes mistakes.");
        }
    }

    /// <summary>Compares two pictures in bands.</summary>
    /// <returns>PSNR in dB.</returns>
    /// <exception cref="VaeFormatException">Their sizes, layouts or depths differ.</exception>
    public static async Task<double> CompareAsync(IRowSource expected, IRowSource actual, CancellationToken cancellationToken)
    {
        var sink = new ComparingSink(expected);
        await RowCopy.CopyAsync(actual, sink, cancellationToken).ConfigureAwait(false);
        return sink.Psnr;
    }

    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        return MeasuredPictures.Match(picture, expected.Picture)
            ? ValueTask.CompletedTask
            : throw new VaeFormatException(
                VaeError.Failure,
                $"The decoded picture is {LayoutText.WithSize(picture)}, the original {LayoutText.WithSize(expected.Picture)}.");
    }

    public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        int bytes = checked(expected.Picture.RowBytes * rowCount);
        if (_rows.Length < bytes)
        {
            _rows = new byte[bytes];
        }

        await expected.ReadRowsAsync(_rows.AsMemory(0, bytes), rowCount, cancellationToken).ConfigureAwait(false);
        _difference.Add(_rows.AsSpan(0, bytes), rows.Span[..bytes]);
        if (expected.Picture.Layout.HasAlpha())
        {
            AddHidden(_rows.AsSpan(0, bytes), rows.Span[..bytes]);
        }
    }

    /// <summary>Colours under alpha of 0 cannot be seen and are no part of a PSNR, but are bound by what was promised of errors.</summary>
    private void AddHidden(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int sample = expected.Picture.Layout.BytesPerSample(), pixel = expected.Picture.Layout.BytesPerPixel();
        for (int start = 0; start < first.Length; start += pixel)
        {
            for (int i = start; i < start + pixel - sample; i += sample)
            {
                int error = sample == 1 ? first[i] - second[i] : BinaryPrimitives.ReadUInt16LittleEndian(first[i..]) - BinaryPrimitives.ReadUInt16LittleEndian(second[i..]);
                _maxHiddenError = Math.Max(_maxHiddenError, Math.Abs(error));
            }
        }
    }

    public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
