namespace VaeCodec.Conformance.Tests.SecondDecoder.Coding;

/// <summary>Section 4.3: symbols, those outside their table by an escape and raw bits.</summary>
/// <param name="stream">The stream of the tile.</param>
internal sealed class SymbolReader(RansReader stream)
{
    private const int HeadBits = 5;

    /// <summary>Decodes a symbol, which must lie within -limit to limit.</summary>
    public int Read(FrequencyTable table, int limit)
    {
        int entry = stream.Entry(table);
        int symbol = entry < table.Symbols ? table.First + entry : Escaped(table);
        DecodingException.Require(Math.Abs(symbol) <= limit, FailureKind.CorruptSymbols, $"The symbol {symbol}.");
        return symbol;
    }

    private int Escaped(FrequencyTable table)
    {
        int head = stream.RawBits(HeadBits);
        int exponent = head / 2;
        bool below = head % 2 == 1;
        int rest = exponent > 0 ? stream.RawBits(exponent) : 0;
        int distance = (1 << exponent) + rest;
        return below ? table.First - distance : table.First + table.Symbols - 1 + distance;
    }
}
