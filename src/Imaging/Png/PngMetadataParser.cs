using System.Buffers.Binary;
using System.IO.Compression;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Png;

/// <summary>Takes apart the chunks that carry metadata (PNG third edition, 11.3).</summary>
internal static class PngMetadataParser
{
    private const int LongestKeyword = 79;

    /// <summary>The iTXt keyword of XMP (Adobe XMP specification part 3, 1.1.5), with its terminating zero.</summary>
    internal static ReadOnlySpan<byte> XmpKeyword => "XML:com.adobe.xmp\0"u8;

    /// <summary>iCCP: profile name, 0, method, compressed profile.</summary>
    internal static byte[] IccProfile(ReadOnlySpan<byte> payload, string place, int atMost)
    {
        int zero = payload.IndexOf((byte)0);
        if (zero is < 1 or > LongestKeyword || zero + 2 > payload.Length)
        {
            throw Invalid(place, "has no valid profile name");
        }

        if (payload[zero + 1] != 0)
        {
            throw Invalid(place, $"has compression method {payload[zero + 1]}; there is only 0");
        }

        byte[] profile = Inflate(payload[(zero + 2)..], place, atMost);
        return profile.Length > 0 ? profile : throw Invalid(place, "holds an empty profile");
    }

    /// <summary>iTXt with the XMP keyword: keyword, 0, compressed flag, method, language, 0, translated keyword, 0, text.</summary>
    internal static byte[] Xmp(ReadOnlySpan<byte> payload, string place, int atMost)
    {
        ReadOnlySpan<byte> rest = payload[XmpKeyword.Length..];
        if (rest.Length < 2 || rest[0] > 1 || rest[1] != 0)
        {
            throw Invalid(place, "has an invalid compression flag or method");
        }

        bool compressed = rest[0] == 1;
        rest = rest[2..];
        for (int field = 0; field < 2; field++)
        {
            int zero = rest.IndexOf((byte)0);
            if (zero < 0)
            {
                throw Invalid(place, "breaks off before its text");
            }

            rest = rest[(zero + 1)..];
        }

        return compressed ? Inflate(rest, place, atMost) : rest.ToArray();
    }

    /// <summary>eXIf: the TIFF structure. Some programs leave JPEG's prefix before it, which is dropped.</summary>
    internal static byte[] Exif(ReadOnlySpan<byte> payload, string place)
    {
        if (payload.StartsWith("Exif\0\0"u8))
        {
            payload = payload[6..];
        }

        return ExifData.Begins(payload)
            ? payload.ToArray()
            : throw Invalid(place, "does not start like EXIF data (II or MM)");
    }

    /// <summary>cICP: four code points; PNG allows the RGB matrix only.</summary>
    internal static ColourCodePoints Cicp(ReadOnlySpan<byte> payload, string place)
    {
        if (payload.Length != 4 || payload[2] != 0 || payload[3] > 1)
        {
            throw Invalid(place, "must be 4 bytes, the third 0 (RGB) and the fourth 0 or 1");
        }

        return new ColourCodePoints(payload[0], payload[1], payload[2], payload[3] == 1);
    }

    internal static void Srgb(ReadOnlySpan<byte> payload, string place)
    {
        if (payload.Length != 1 || payload[0] > 3)
        {
            throw Invalid(place, "must be one byte, 0 to 3");
        }
    }

    internal static VaeFormatException Invalid(string place, string what) =>
        new(VaeError.InvalidField, $"PNG: {place} {what}. The file is damaged.");

    private static byte[] Inflate(ReadOnlySpan<byte> compressed, string place, int atMost)
    {
        var bytes = new GrowingBuffer();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(compressed.ToArray(), writable: false), CompressionMode.Decompress);
            while (true)
            {
                int read = zlib.Read(bytes.GetRoom(int.MaxValue).Span);
                if (read == 0)
                {
                    break;
                }

                bytes.Commit(read);
                if (bytes.Length > atMost)
                {
                    throw new VaeLimitException(
                        $"PNG: {place} unpacks to more than {atMost} bytes (VaeLimits.MaxMetadataBytes, for ICC profiles MaxIccProfileBytes). Raise the limit or strip the metadata.");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new VaeFormatException(VaeError.InvalidField, $"PNG: the compressed data of {place} are damaged.", e);
        }

        // The framework takes data that break off for data that end; only the checksum in the last bytes tells.
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Adler32.Append(Adler32.Start, bytes.Written.Span));
        return compressed.EndsWith(checksum)
            ? bytes.ToArray()
            : throw new VaeFormatException(VaeError.Truncated, $"PNG: the compressed data of {place} break off or have bytes behind them. The file is damaged.");
    }
}
