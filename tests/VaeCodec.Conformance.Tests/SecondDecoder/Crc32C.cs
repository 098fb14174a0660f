namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Section 1.2: CRC-32C, bit by bit.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }
        }

        return ~crc;
    }

    /// <summary>low16(CRC(bytes)), the check of the preamble and of frames.</summary>
    public static ushort Low16(ReadOnlySpan<byte> bytes) => (ushort)Of(bytes);
}
