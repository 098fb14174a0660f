namespace VaeCodec.Format;

/// <summary>
/// The LZ4 block format (github.com/lz4/lz4, doc/lz4_Block_format.md): raw blocks, no frame, no dictionary.
/// The rules are restated in spec/vae-format.md, "LZ4 blocks".
/// </summary>
internal static class Lz4Block
{
    /// <summary>The shortest match.</summary>
    public const int MinMatch = 4;

    /// <summary>The farthest a match may reach back.</summary>
    public const int MaxOffset = 65535;

    /// <summary>The last bytes of a block that must be literals.</summary>
    public const int LastLiterals = 5;

    /// <summary>A match must start at least this many bytes before the end of the unpacked data.</summary>
    public const int MatchStartMargin = 12;

    /// <summary>No block unpacks to more than this many times its own size: a length byte adds at most 255.</summary>
    public const int MaxExpansion = 255;

    /// <summary>Compresses into a given space.</summary>
    /// <param name="source">The data.</param>
    /// <param name="destination">Room for the block; its size is the most the caller wants to spend.</param>
    /// <param name="written">The size of the block, or 0 when it does not fit.</param>
    /// <returns>Whether the block fits.</returns>
    public static bool TryCompress(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
        => Lz4BlockEncoder.TryEncode(source, destination, out written);

    /// <summary>Unpacks a block that must fill <paramref name="destination"/> exactly.</summary>
    /// <param name="block">The whole block; untrusted.</param>
    /// <param name="destination">Room for exactly the unpacked data.</param>
    /// <param name="where">The section the block stands in, for messages.</param>
    /// <exception cref="VaeFormatException">The block is not valid, or unpacks to another size.</exception>
    public static void Decompress(ReadOnlySpan<byte> block, Span<byte> destination, string where)
        => Lz4BlockDecoder.Decode(block, destination, where);
}
