using System.Runtime.InteropServices;

namespace VaeCodec.Format.Tests;

/// <summary>The reference implementation, from Debian's liblz4-1.</summary>
internal static partial class LibLz4
{
    public const string Library = "liblz4.so.1";

    public static byte[] Compress(byte[] source)
    {
        byte[] block = new byte[CompressBound(source.Length)];
        int size = CompressDefault(source, block, source.Length, block.Length);
        Assert.True(size > 0);
        return block[..size];
    }

    public static byte[]? Decompress(byte[] block, int size)
    {
        byte[] data = new byte[size];
        return DecompressSafe(block, data, block.Length, size) == size ? data : null;
    }

    [LibraryImport(Library, EntryPoint = "LZ4_compressBound")]
    private static partial int CompressBound(int size);

    [LibraryImport(Library, EntryPoint = "LZ4_compress_default")]
    private static partial int CompressDefault(byte[] source, byte[] destination, int sourceSize, int destinationSize);

    [LibraryImport(Library, EntryPoint = "LZ4_decompress_safe")]
    private static partial int DecompressSafe(byte[] source, byte[] destination, int sourceSize, int destinationSize);
}
