using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Decisions that no encoder has made, written as section 13.8 says.</summary>
/// <param name="given">The first ones.</param>
/// <param name="random">Makes up those behind them.</param>
internal sealed class MadeUpDecisions(IReadOnlyList<int> given, SeededRandom random) : IDecisions
{
    /// <summary>One decision in so many is made whatever its probability.</summary>
    private const int Unlikely = 12;

    private readonly List<byte> _bytes = [];
    private uint _low;
    private uint _high = uint.MaxValue;

    /// <summary>All decisions so far.</summary>
    public List<int> Made { get; } = [];

    /// <summary>The coded bytes; complete after <see cref="RequireEnd"/>.</summary>
    public byte[] Bytes => [.. _bytes];

    public int Read(int probability)
    {
        int decision = Made.Count < given.Count ? given[Made.Count] : MakeUp(probability);
        Made.Add(decision);
        uint middle = _low + (uint)(((ulong)(_high - _low) * (ulong)probability) >> 16);
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
            _bytes.Add((byte)(_high >> 24));
            _low <<= 8;
            _high = (_high << 8) + 255;
        }

        return decision;
    }

    /// <summary>Writes the four bytes of low.</summary>
    public void RequireEnd()
    {
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            _bytes.Add((byte)(_low >> shift));
        }
    }

    private int MakeUp(int probability) => random.Below(Unlikely) == 0 ? random.Below(2) : random.Below(65536) < probability ? 1 : 0;
}
