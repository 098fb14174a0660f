namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.8: the arithmetic coder.</summary>
internal sealed class ArithmeticReader : IDecisions
{
    private readonly ByteReader _bytes;
    private uint _low;
    private uint _high = uint.MaxValue;
    private uint _value;

    public ArithmeticReader(byte[] bytes)
    {
        _bytes = new ByteReader(bytes, FailureKind.CorruptSymbols);
        for (int i = 0; i < 4; i++)
        {
            _value = (_value << 8) + _bytes.U8();
        }
    }

    /// <summary>Decodes a decision.</summary>
    public int Read(int probability)
    {
        uint middle = _low + (uint)(((ulong)(_high - _low) * (ulong)probability) >> 16);
        int decision = _value <= middle ? 1 : 0;
        if (decision == 1)
        {
            _high = middle;
        }
        else
        {
            _low = middle + 1;
        }

        while (_low >> 24 == _high >> 24)
        {
            _low <<= 8;
            _high = (_high << 8) + 255;
            _value = (_value << 8) + _bytes.U8();
        }

        return decision;
    }

    /// <summary>Verifies that the bytes end here, as the encoder ends them.</summary>
    public void RequireEnd()
        => DecodingException.Require(_bytes.Remaining == 0 && _value == _low, FailureKind.CorruptSymbols, "Decisions that end too early or too late.");
}
