using System.Buffers.Binary;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Entropy;

/// <summary>Takes symbols from a stream made by <see cref="RansEncoder"/>. Any bytes are safe: a damaged stream gives wrong symbols or an error, never more.</summary>
internal ref struct RansDecoder
{
    private readonly ReadOnlySpan<byte> _stream;
    private ulong _current;
    private ulong _other;
    private int _position;
    private bool _failed;

    /// <summary>Starts on a stream.</summary>
    /// <param name="stream">The coded bytes of a tile.</param>
    public RansDecoder(ReadOnlySpan<byte> stream)
    {
        _stream = stream;
        if (stream.Length < RansConstants.StateBytes || stream.Length % sizeof(uint) != 0)
        {
            _failed = true;
            return;
        }

        _current = BinaryPrimitives.ReadUInt64LittleEndian(stream);
        _other = BinaryPrimitives.ReadUInt64LittleEndian(stream[8..]);
        _position = RansConstants.StateBytes;
        _failed = !InRange(_current) || !InRange(_other);
    }

    /// <summary>Whether the stream can no longer be sound: it was too short, or an escape was out of range.</summary>
    public readonly bool Failed => _failed;

    /// <summary>Whether both states are where the encoder started and every byte was taken: the check at the end of a stream.</summary>
    public readonly bool IsAtEnd => !_failed && _position == _stream.Length && _current == RansConstants.LowerBound && _other == RansConstants.LowerBound;

    /// <summary>Takes a symbol.</summary>
    /// <param name="table">Its probabilities.</param>
    /// <param name="limit">Largest magnitude a symbol may have.</param>
    public int Get(DecoderTable table, int limit)
    {
        int entry = table.Find((int)(_current & (CdfTable.Total - 1)));
        CdfTable cdf = table.Table;
        Advance(cdf.Starts[entry], cdf.Frequency(entry));
        return entry < cdf.SymbolCount ? cdf.First + entry : GetEscaped(cdf, limit);
    }

    /// <summary>Takes raw bits.</summary>
    /// <param name="bits">How many, 1 to 15.</param>
    public int GetBits(int bits)
    {
        int shift = RansConstants.ProbabilityBits - bits;
        int value = (int)(_current & (CdfTable.Total - 1)) >> shift;
        Advance(value << shift, 1 << shift);
        return value;
    }

    private static bool InRange(ulong state) => state is >= RansConstants.LowerBound and < (RansConstants.LowerBound << 32);

    private int GetEscaped(CdfTable table, int limit)
    {
        int head = GetBits(5);
        int bits = head >> 1;
        int distance = 1 << bits;
        if (bits > 0)
        {
            distance += GetBits(bits);
        }

        int symbol = (head & 1) != 0 ? table.First - distance : table.First + table.SymbolCount - 1 + distance;
        if (symbol < -limit || symbol > limit)
        {
            _failed = true;
            return 0;
        }

        return symbol;
    }

    private void Advance(int start, int frequency)
    {
        ulong state = ((ulong)frequency * (_current >> RansConstants.ProbabilityBits)) + (_current & (CdfTable.Total - 1)) - (ulong)start;
        if (state < RansConstants.LowerBound)
        {
            if (_stream.Length - _position < sizeof(uint))
            {
                _failed = true;
                state = RansConstants.LowerBound;
            }
            else
            {
                state = (state << 32) | BinaryPrimitives.ReadUInt32LittleEndian(_stream[_position..]);
                _position += sizeof(uint);
            }
        }

        // The states take turns.
        _current = _other;
        _other = state;
    }
}
