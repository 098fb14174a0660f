namespace VaeCodec.Format;

/// <summary>
/// CRC-32C (Castagnoli): polynomial 0x1EDC6F41 reflected, initial value and final XOR 0xFFFFFFFF, as in RFC 3720
/// appendix B.4. The value of the nine ASCII digits "123456789" is 0xE3069283.
/// </summary>
public static class Crc32C
{
    /// <summary>The checksum of a run of bytes.</summary>
    /// <param name="data">The bytes; may be empty (the checksum is then 0).</param>
    /// <returns>The CRC-32C.</returns>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        Crc32CAccumulator accumulator = default;
        accumulator.Append(data);
        return accumulator.Value;
    }
}
