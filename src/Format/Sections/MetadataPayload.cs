using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>The payload of the sections 'I', 'E' and 'X' (spec/vae-format.md, "Metadata").</summary>
internal static class MetadataPayload
{
    /// <summary>Size of the fields in front of the data: method and unpacked length.</summary>
    public const int HeadSize = 5;

    /// <summary>The most bytes, stored or unpacked, that the format allows whatever the limits: they must fit one array.</summary>
    public const int MaxBytes = 1 << 30;

    private const byte Stored = 0;
    private const byte Lz4 = 1;

    public static SectionType TypeOf(MetadataKind kind) => kind switch
    {
        MetadataKind.IccProfile => SectionType.IccProfile,
        MetadataKind.Exif => SectionType.Exif,
        MetadataKind.Xmp => SectionType.Xmp,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of metadata."),
    };

    /// <summary>Writes the head, and the data packed into <paramref name="work"/> where that is smaller.</summary>
    /// <returns>What follows the head: a part of <paramref name="work"/>, or <paramref name="data"/> itself.</returns>
    public static ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> data, Memory<byte> work, Span<byte> head)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(head[1..], (uint)data.Length);
        if (Lz4Block.TryCompress(data.Span, work.Span[..(data.Length - 1)], out int size))
        {
            head[0] = Lz4;
            return work[..size];
        }

        head[0] = Stored;
        return data;
    }

    /// <summary>Checks a payload whose CRC is right and unpacks it.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> payload, ContainerLimits limits, SectionFrame frame)
    {
        string where = frame.Describe();
        byte method = payload[0];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]);
        ReadOnlySpan<byte> data = payload[HeadSize..];
        limits.CheckMetadata(frame.Type, length, $"{where}, unpacked,");
        if (length is 0 or > MaxBytes)
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"The {where} states an unpacked length of {length}, not 1..{MaxBytes}. The file was written wrongly or tampered with.");
        }

        switch (method)
        {
            case Stored when length == data.Length:
                return data.ToArray();
            case Stored:
                throw new VaeFormatException(VaeError.InvalidField, $"The {where} states {length} bytes and stores {data.Length}. The file was written wrongly or tampered with.");
            case Lz4 when length > (ulong)data.Length * Lz4Block.MaxExpansion:
                throw new VaeFormatException(VaeError.InvalidField, $"The {where} states {length} bytes, which {data.Length} bytes of LZ4 cannot hold. The file was written wrongly or tampered with.");
            case Lz4:
                byte[] unpacked = new byte[length];
                Lz4Block.Decompress(data, unpacked, where);
                return unpacked;
            default:
                throw new VaeUnsupportedException(
                    VaeError.UnsupportedFeature,
                    $"The {where} is packed by method {method}; this version knows 0 (stored) and 1 (LZ4). Use a newer VaeCodec.");
        }
    }
}
