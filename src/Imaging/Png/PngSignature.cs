namespace VaeCodec.Imaging.Png;

/// <summary>The eight bytes a PNG starts with (PNG third edition, 5.2).</summary>
internal static class PngSignature
{
    internal const int Length = 8;

    internal static ReadOnlySpan<byte> Bytes => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    internal static bool Matches(ReadOnlySpan<byte> start) => start.StartsWith(Bytes);

    /// <summary>Whether the bytes are a PNG's signature after a transfer that changed line ends or dropped the high bit.</summary>
    internal static bool LooksMangled(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && start[1..4].SequenceEqual(Bytes[1..4]) && (start[0] & 0x7F) == 0x09;
}
