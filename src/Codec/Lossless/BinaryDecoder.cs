namespace VaeCodec.Lossless;

/// <summary>Bytes to decisions. Behind the end of the bytes it reads zeros, and remembers that it did.</summary>
/// <remarks>A mutable value: passed by reference.</remarks>
internal struct BinaryDecoder : IBitCoder
{
    private readonly ReadOnlyMemory<byte> _coded;
    private uint _low;
    private uint _high = uint.MaxValue;
    private uint _value;
    private int _read;

    /// <summary>Begins.</summary>
    /// <param name="coded">The bytes; not trusted.</param>
    public BinaryDecoder(ReadOnlyMemory<byte> coded)
    {
        _coded = coded;
        for (int i = 0; i < 4; i++)
        {
            _value = (_value << 8) | Next();
        }
    }

    /// <summary>Whether all bytes were read and no more, and the last four are those that end a stream.</summary>
    public readonly bool IsAtEnd => _read == _coded.Length && _value == _low;

    /// <summary>Whether more bytes were needed than there are.</summary>
    public readonly bool IsBehindEnd => _read > _coded.Length;

    /// <inheritdoc/>
    public int Code(int bit, int probability)
    {
        uint middle = BinaryInterval.Split(_low, _high, probability);
        bit = _value <= middle ? 1 : 0;
        if (bit != 0)
        {
            _high = middle;
        }
        else
        {
            _low = middle + 1;
        }

        while ((_low ^ _high) < 1u << 24)
        {
            _low <<= 8;
            _high = (_high << 8) | 255;
            _value = (_value << 8) | Next();
        }

        return bit;
    }

    private byte Next()
    {
        int at = _read++;
        return at < _coded.Length ? _coded.Span[at] : (byte)0;
    }
}
