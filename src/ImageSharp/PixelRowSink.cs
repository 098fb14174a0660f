using System.Buffers.Binary;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace VaeCodec.ImageSharp;

/// <summary>Takes the rows of a decode as pixels of any type.</summary>
/// <typeparam name="TPixel">The type.</typeparam>
/// <param name="configuration">The configuration, whose allocator makes the picture.</param>
internal sealed class PixelRowSink<TPixel>(Configuration configuration) : IRowSink
    where TPixel : unmanaged, IPixel<TPixel>
{
    private PictureDescription? _picture;
    private byte[] _row = [];
    private int _next;

    /// <summary>The picture; null before it has begun. Belongs to the caller.</summary>
    public Image<TPixel>? Image { get; private set; }

    /// <inheritdoc/>
    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        _picture = picture;
        _row = new byte[picture.RowBytes];
        Image = new Image<TPixel>(configuration, picture.Width, picture.Height);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        PictureDescription picture = _picture!;
        for (int i = 0; i < rowCount; i++)
        {
            ReadOnlySpan<byte> row = rows.Span.Slice(i * picture.RowBytes, picture.RowBytes);
            Span<TPixel> target = Image!.DangerousGetPixelRowMemory(_next++).Span;
            if (picture.Layout.BytesPerSample() == 2 && picture.BitDepth < 16)
            {
                Widen(row, picture.MaxSample);
                row = _row;
            }

            Convert(picture.Layout, row, target);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Samples of 9 to 15 bits as samples of 16, rounded.</summary>
    private void Widen(ReadOnlySpan<byte> row, int most)
    {
        for (int i = 0; i < row.Length; i += 2)
        {
            int sample = BinaryPrimitives.ReadUInt16LittleEndian(row[i..]);
            BinaryPrimitives.WriteUInt16LittleEndian(_row.AsSpan(i), (ushort)(((sample * 65535L) + (most / 2)) / most));
        }
    }

    private void Convert(PixelLayout layout, ReadOnlySpan<byte> row, Span<TPixel> target)
    {
        PixelOperations<TPixel> operations = PixelOperations<TPixel>.Instance;
        switch (layout)
        {
            case PixelLayout.Gray8:
                operations.FromL8Bytes(configuration, row, target, target.Length);
                break;
            case PixelLayout.GrayAlpha16:
                operations.FromLa16Bytes(configuration, row, target, target.Length);
                break;
            case PixelLayout.Rgb24:
                operations.FromRgb24Bytes(configuration, row, target, target.Length);
                break;
            case PixelLayout.Gray16:
                operations.FromL16Bytes(configuration, row, target, target.Length);
                break;
            case PixelLayout.GrayAlpha32:
                operations.FromLa32Bytes(configuration, row, target, target.Length);
                break;
            case PixelLayout.Rgb48:
                operations.FromRgb48Bytes(configuration, row, target, target.Length);
                break;
            case PixelLayout.Rgba64:
                operations.FromRgba64Bytes(configuration, row, target, target.Length);
                break;
            default:
                operations.FromRgba32Bytes(configuration, row, target, target.Length);
                break;
        }
    }
}
