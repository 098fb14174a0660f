using System.Buffers.Binary;
using System.Numerics;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Entropy;

/// <summary>
/// Codes symbols into bytes. Symbols are put in the order in which the decoder will get them; the states run through
/// them backwards at the end, because rANS is a stack.
/// </summary>
/// <remarks>Reused from tile to tile; not thread-safe.</remarks>
internal sealed class RansEncoder
{
    /// <summary>Operations that a symbol takes at most: the escape, its head, its bits.</summary>
    private const int MostOperations = 3;

    private uint[] _operations = new uint[1 << 16];
    private uint[] _words = [];
    private int _count;

    /// <summary>What the coder keeps of a symbol: where its interval starts in the high half, its frequency less one in the low half.</summary>
    public static uint Operation(int start, int frequency) => ((uint)start << 16) | (uint)(frequency - 1);

    /// <summary>Forgets everything put so far.</summary>
    public void Clear() => _count = 0;

    /// <summary>Puts a symbol.</summary>
    /// <param name="table">Its probabilities.</param>
    /// <param name="symbol">The symbol; outside the table it is escaped.</param>
    public void Put(CdfTable table, int symbol)
    {
        int entry = symbol - table.First;
        if ((uint)entry < (uint)table.SymbolCount)
        {
            Add(table.Starts[entry], table.Frequency(entry));
            return;
        }

        Add(table.Starts[table.SymbolCount], table.Frequency(table.SymbolCount));
        bool below = entry < 0;
        int distance = below ? -entry : entry - table.SymbolCount + 1;
        int bits = BitOperations.Log2((uint)distance);
        PutBits((bits << 1) | (below ? 1 : 0), 5);
        if (bits > 0)
        {
            PutBits(distance - (1 << bits), bits);
        }
    }

    /// <summary>Puts symbols that have a table each.</summary>
    /// <param name="tables">The tables to choose from.</param>
    /// <param name="indices">For each symbol, before an offset is added, its table; what leaves the range is clamped.</param>
    /// <param name="offsets">For each symbol what is added to its index.</param>
    /// <param name="symbols">The symbols.</param>
    public void Put(EncoderTable[] tables, ReadOnlySpan<short> indices, ReadOnlySpan<short> offsets, ReadOnlySpan<short> symbols)
    {
        Reserve(symbols.Length * MostOperations);
        uint[] operations = _operations;
        int count = _count;
        for (int i = 0; i < symbols.Length; i++)
        {
            EncoderTable table = tables[Math.Clamp(indices[i] + offsets[i], 0, tables.Length - 1)];
            uint[] inTable = table.Operations;
            int entry = symbols[i] - table.First;
            if ((uint)entry < (uint)inTable.Length)
            {
                operations[count++] = inTable[entry];
                continue;
            }

            _count = count;
            Put(table.Table, symbols[i]);
            count = _count;
        }

        _count = count;
    }

    /// <summary>Puts raw bits, all values equally probable.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bits">Its bits, 1 to 15.</param>
    public void PutBits(int value, int bits) => Add(value << (RansConstants.ProbabilityBits - bits), 1 << (RansConstants.ProbabilityBits - bits));

    /// <summary>Codes what was put.</summary>
    /// <param name="head">Bytes that stand before the stream.</param>
    /// <returns>The stream: both states, then the words in the order in which the decoder takes them.</returns>
    public byte[] Finish(ReadOnlySpan<byte> head = default)
    {
        ulong[] states = [RansConstants.LowerBound, RansConstants.LowerBound];

        // One operation emits at most one word.
        if (_words.Length < _count)
        {
            _words = new uint[_operations.Length];
        }

        uint[] words = _words;
        Reciprocal[] reciprocals = Reciprocal.All;
        int wordCount = 0;
        for (int i = _count - 1; i >= 0; i--)
        {
            uint operation = _operations[i];
            ulong start = operation >> 16;
            ulong frequency = (operation & 0xFFFF) + 1;
            ulong state = states[i & 1];
            if (state >= frequency << (63 - RansConstants.ProbabilityBits))
            {
                words[wordCount++] = (uint)state;
                state >>= 32;
            }

            ulong quotient = reciprocals[(int)frequency].Divide(state);
            states[i & 1] = (quotient << RansConstants.ProbabilityBits) + (state - (quotient * frequency)) + start;
        }

        byte[] coded = new byte[head.Length + RansConstants.StateBytes + (wordCount * sizeof(uint))];
        head.CopyTo(coded);
        Span<byte> stream = coded.AsSpan(head.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(stream, states[0]);
        BinaryPrimitives.WriteUInt64LittleEndian(stream[8..], states[1]);
        for (int i = 0; i < wordCount; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(stream[(RansConstants.StateBytes + (i * sizeof(uint)))..], words[wordCount - 1 - i]);
        }

        return coded;
    }

    private void Add(int start, int frequency)
    {
        Reserve(1);
        _operations[_count++] = Operation(start, frequency);
    }

    private void Reserve(int operations)
    {
        int needed = checked(_count + operations);
        if (needed > _operations.Length)
        {
            Array.Resize(ref _operations, Math.Max(needed, _operations.Length * 2));
        }
    }
}
