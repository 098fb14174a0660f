using System.Buffers.Binary;

namespace VaeCodec.Targets;

/// <summary>Compares the rows of a decode with those of the picture: PSNR over all colour samples, pixels left out that are transparent in both.</summary>
/// <param name="expected">The picture, at its first row.</param>
internal sealed class PictureError(IRowSource expected) : IRowSink
{
    private byte[] _rows = [];
    private double _squared;
    private long _samples;

    /// <summary>PSNR in dB so far; infinite where nothing differs.</summary>
    public double Psnr => _squared == 0 ? double.PositiveInfinity : 10 * Math.Log10((double)expected.Picture.MaxSample * expected.Picture.MaxSample * _samples / _squared);

    /// <inheritdoc/>
    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        int bytes = checked(expected.Picture.RowBytes * rowCount);
        if (_rows.Length < bytes)
        {
            _rows = new byte[bytes];
        }

        await expected.ReadRowsAsync(_rows.AsMemory(0, bytes), rowCount, cancellationToken).ConfigureAwait(false);
        Add(_rows.AsSpan(0, bytes), rows.Span[..bytes], expected.Picture.Layout);
    }

    /// <inheritdoc/>
    public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void Add(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, PixelLayout layout)
    {
        int pixelBytes = layout.BytesPerPixel(), sampleBytes = layout.BytesPerSample(), colours = layout.ColourChannels();
        for (int pixel = 0; pixel < left.Length; pixel += pixelBytes)
        {
            if (layout.HasAlpha() && (Sample(left, pixel + (colours * sampleBytes), sampleBytes) | Sample(right, pixel + (colours * sampleBytes), sampleBytes)) == 0)
            {
                continue;
            }

            long squared = 0;
            for (int at = pixel; at < pixel + (colours * sampleBytes); at += sampleBytes)
            {
                long difference = Sample(left, at, sampleBytes) - Sample(right, at, sampleBytes);
                squared += difference * difference;
            }

            _squared += squared;
            _samples += colours;
        }
    }

    private static int Sample(ReadOnlySpan<byte> samples, int at, int bytes) => bytes == 1 ? samples[at] : BinaryPrimitives.ReadUInt16LittleEndian(samples[at..]);
}
