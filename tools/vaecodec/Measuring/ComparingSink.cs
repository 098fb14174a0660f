using VaeCodec.Metrics;

namespace VaeCodec.Tool;

/// <summary>Takes the rows of one picture and compares them with those of another.</summary>
/// <param name="expected">The other picture, at its first row.</param>
internal sealed class ComparingSink(IRowSource expected) : IRowSink
{
    private readonly SampleDifference _difference = new(expected.Picture.Layout.Channels());
    private byte[] _rows = [];

    /// <summary>PSNR in dB of the rows so far, over all samples.</summary>
    public double Psnr => _difference.Psnr;

    /// <summary>Compares two pictures in bands.</summary>
    /// <returns>PSNR in dB.</returns>
    /// <exception cref="VaeFormatException">Their sizes or layouts differ.</exception>
    public static async Task<double> CompareAsync(IRowSource expected, IRowSource actual, CancellationToken cancellationToken)
    {
        var sink = new ComparingSink(expected);
        await RowCopy.CopyAsync(actual, sink, cancellationToken).ConfigureAwait(false);
        return sink.Psnr;
    }

    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        PictureDescription other = expected.Picture;
        return picture.Width == other.Width && picture.Height == other.Height && picture.Layout == other.Layout
            ? ValueTask.CompletedTask
            : throw new VaeFormatException(
                VaeError.Failure,
                $"The decoded picture is {picture.Width} x {picture.Height} {picture.Layout}, the original {other.Width} x {other.Height} {other.Layout}.");
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
    }

    public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
