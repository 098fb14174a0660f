using System.Buffers.Binary;

namespace VaeCodec;

/// <summary>
/// Replaces the colours of pixels that are wholly transparent, which nobody sees, by what costs a network little: the mean of the pixels to the left and above. Programs leave
/// anything there, often black with hard edges.
/// </summary>
/// <param name="picture">The picture, with alpha.</param>
internal sealed class HiddenColours(PictureDescription picture)
{
    private readonly int _channels = picture.Layout.ColourChannels();
    private readonly bool _wide = picture.Layout.BytesPerSample() > 1;
    private byte[]? _above;

    /// <summary>Replaces them in the next rows.</summary>
    /// <param name="colour">In and out: the colour of each pixel.</param>
    /// <param name="alpha">The alpha of each pixel.</param>
    public void Replace(Span<byte> colour, ReadOnlySpan<byte> alpha)
    {
        int sampleBytes = _wide ? 2 : 1, rowBytes = picture.Width * _channels * sampleBytes, alphaBytes = picture.Width * sampleBytes;
        for (; !colour.IsEmpty; colour = colour[rowBytes..], alpha = alpha[alphaBytes..])
        {
            Span<byte> row = colour[..rowBytes];
            for (int x = 0; x < picture.Width; x++)
            {
                if (Get(alpha, x) == 0)
                {
                    Replace(row, x);
                }
            }

            _above ??= new byte[rowBytes];
            row.CopyTo(_above);
        }
    }

    private void Replace(Span<byte> row, int x)
    {
        for (int i = x * _channels; i < (x + 1) * _channels; i++)
        {
            int value = (x > 0, _above) switch
            {
                (true, not null) => (Get(row, i - _channels) + Get(_above, i) + 1) >> 1,
                (true, null) => Get(row, i - _channels),
                (false, not null) => Get(_above, i),
                (false, null) => (picture.MaxSample + 1) / 2,
            };
            Set(row, i, value);
        }
    }

    private int Get(ReadOnlySpan<byte> samples, int at) => _wide ? BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * at)..]) : samples[at];

    private void Set(Span<byte> samples, int at, int value)
    {
        if (_wide)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(samples[(2 * at)..], (ushort)value);
        }
        else
        {
            samples[at] = (byte)value;
        }
    }
}
