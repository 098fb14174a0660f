using System.Buffers.Binary;
using System.IO.Compression;
using VaeCodec.Imaging.Png;

namespace VaeCodec.Imaging.Tests.Support;

/// <summary>Builds PNG files chunk by chunk, sound ones and others.</summary>
internal sealed class PngBuilder
{
    private readonly MemoryStream _file = new();

    internal PngBuilder() => _file.Write(PngSignature.Bytes);

    internal PngBuilder Header(int width, int height, byte depth, byte colour, byte interlace = 0)
    {
        var payload = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(payload, width);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(4), height);
        payload[8] = depth;
        payload[9] = colour;
        payload[12] = interlace;
        return Chunk("IHDR", payload);
    }

    internal PngBuilder Chunk(string type, params ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[12 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, payload.Length);
        System.Text.Encoding.ASCII.GetBytes(type, bytes.AsSpan(4));
        payload.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8 + payload.Length), Crc32.Of(bytes.AsSpan(4, 4 + payload.Length)));
        _file.Write(bytes);
        return this;
    }

    /// <summary>IDAT chunks of at most the given size.</summary>
    internal PngBuilder Pixels(ReadOnlySpan<byte> filtered, int chunkBytes = 1 << 20)
    {
        ReadOnlySpan<byte> rest = Deflate(filtered);
        while (!rest.IsEmpty)
        {
            int count = Math.Min(chunkBytes, rest.Length);
            Chunk("IDAT", rest[..count]);
            rest = rest[count..];
        }

        return this;
    }

    internal byte[] End()
    {
        Chunk("IEND");
        return _file.ToArray();
    }

    internal byte[] Bytes() => _file.ToArray();

    internal static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return output.ToArray();
    }

    /// <summary>Recomputes the CRC of every chunk that can still be walked over.</summary>
    internal static void RepairChecksums(byte[] file)
    {
        int at = PngSignature.Length;
        while (at + 12L <= file.Length)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (at + 12 + length > file.Length)
            {
                return;
            }

            int end = (int)(at + 8 + length);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(end), Crc32.Of(file.AsSpan(at + 4, (int)length + 4)));
            at = end + 4;
        }
    }
}
