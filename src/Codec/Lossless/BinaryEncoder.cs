using System.Buffers;
using System.Buffers.Binary;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>Decisions to bytes: an arithmetic coder of 32 bits without carries.</summary>
/// <param name="output">Where the bytes go.</param>
/// <remarks>A mutable value: passed by reference.</remarks>
internal struct BinaryEncoder(IBufferWriter<byte> output) : IBitCoder
{
    private uint _low;
    private uint _high = uint.MaxValue;
    private long _written;

    /// <summary>What the decisions so far take, in 1024ths of a bit.</summary>
    public readonly long Cost => ((8 * _written) + 16 << 10) - WeighedRounding.Log2((int)((_high - _low) >> 16) + 1);

    /// <inheritdoc/>
    public int Code(int bit, int probability)
    {
        uint middle = BinaryInterval.Split(_low, _high, probability);
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
            Put((byte)(_high >> 24));
            _low <<= 8;
            _high = (_high << 8) | 255;
        }

        return bit;
    }

    /// <summary>Writes what is left: four bytes within the last interval.</summary>
    public readonly void Finish()
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), _low);
        output.Advance(4);
    }

    private void Put(byte value)
    {
        _written++;
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
