namespace VaeCodec.Conformance.Tests.SecondDecoder.Coding;

/// <summary>Chapter 5: the operations of an rANS stream with two states that take turns.</summary>
internal sealed class RansReader
{
    private const ulong LowerBound = 1UL << 31;
    private const ulong UpperBound = 1UL << 63;

    private readonly ByteReader _words;
    private readonly ulong[] _states;
    private int _operations;

    public RansReader(byte[] stream)
    {
        Require(stream.Length >= 16 && stream.Length % 4 == 0, $"a length of {stream.Length} bytes");
        _words = new ByteReader(stream, FailureKind.CorruptSymbols);
        _states = [_words.U64(), _words.U64()];
        Require(_states.All(state => state is >= LowerBound and < UpperBound), "a state out of bounds");
    }

    /// <summary>Section 5.3: decodes an entry of a table.</summary>
    public int Entry(FrequencyTable table)
    {
        (int entry, int start, int frequency) = table.Find(Slot);
        Advance(start, frequency);
        return entry;
    }

    /// <summary>Section 5.4: decodes 1 to 15 raw bits.</summary>
    public int RawBits(int count)
    {
        int value = Slot >> (16 - count);
        Advance(value << (16 - count), 1 << (16 - count));
        return value;
    }

    /// <summary>Section 5.5: verifies that the stream ends here.</summary>
    public void RequireEnd()
    {
        Require(_states.All(state => state == LowerBound), "another state at the end than at the start");
        Require(_words.Remaining == 0, "words that nothing takes");
    }

    private int Slot => (int)(_states[_operations % 2] % FrequencyTable.Total);

    /// <summary>Section 5.2: takes an operation from its state.</summary>
    private void Advance(int start, int frequency)
    {
        ulong x = _states[_operations % 2];
        ulong slot = x % FrequencyTable.Total;
        x = ((ulong)frequency * (x / FrequencyTable.Total)) + slot - (ulong)start;
        if (x < LowerBound)
        {
            x = (x << 32) + _words.U32();
        }

        _states[_operations % 2] = x;
        _operations++;
    }

    private static void Require(bool holds, string broken) => DecodingException.Require(holds, FailureKind.CorruptSymbols, $"A stream with {broken}.");
}
