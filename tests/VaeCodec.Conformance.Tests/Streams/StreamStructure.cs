using System.Buffers.Binary;

namespace VaeCodec.Conformance.Tests.Streams;

/// <summary>
/// A .vae stream as sections, written from spec/vae-format.md chapter 2 and sharing nothing with the library's reader:
/// takes sound streams apart and puts broken ones together with sound checksums.
/// </summary>
internal sealed class StreamStructure
{
    public const int PreambleBytes = 12;
    private const int FrameBytes = 8;
    private const int CrcBytes = 4;

    /// <summary>The signature.</summary>
    public byte[] Signature { get; set; } = [];

    /// <summary>Major version.</summary>
    public byte Major { get; set; }

    /// <summary>Minor version.</summary>
    public byte Minor { get; set; }

    /// <summary>The sections in order.</summary>
    public List<StreamSection> Sections { get; private init; } = [];

    /// <summary>The header's payload.</summary>
    public byte[] Header => Section('H').Payload;

    /// <summary>CRC-32C bit by bit, as section 1.2 defines it.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc = (crc >> 8) ^ s_table[(byte)(crc ^ value)];
        }

        return ~crc;
    }

    /// <summary>Takes a sound stream apart.</summary>
    public static StreamStructure Parse(ReadOnlySpan<byte> file)
    {
        StreamStructure result = new() { Signature = file[..8].ToArray(), Major = file[8], Minor = file[9] };
        for (int offset = PreambleBytes; offset < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(offset + 2)..]);
            result.Sections.Add(new StreamSection(file[offset], file[offset + 1], file.Slice(offset + FrameBytes, length).ToArray()));
            offset += FrameBytes + length + CrcBytes;
        }

        return result;
    }

    /// <summary>The first section of a type.</summary>
    public StreamSection Section(char type) => Sections.First(section => section.Type == type);

    /// <summary>A copy that can be changed alone.</summary>
    public StreamStructure Clone() => new() { Signature = [.. Signature], Major = Major, Minor = Minor, Sections = [.. Sections.Select(section => section.Clone())] };

    /// <summary>Offsets where a section starts, and the end of the file.</summary>
    public IEnumerable<int> Boundaries()
    {
        int offset = PreambleBytes;
        yield return offset;
        foreach (StreamSection section in Sections)
        {
            offset += FrameBytes + section.Payload.Length + CrcBytes;
            yield return offset;
        }
    }

    /// <summary>Makes index and end section agree with the tiles.</summary>
    public void UpdateTail()
    {
        int[] offsets = [.. Boundaries()];
        List<(int Offset, int Length)> tiles = [];
        int indexOffset = 0;
        for (int i = 0; i < Sections.Count; i++)
        {
            if (Sections[i].Type == 'T')
            {
                tiles.Add((offsets[i], Sections[i].Payload.Length));
            }
            else if (Sections[i].Type == 'N')
            {
                indexOffset = offsets[i];
                for (int t = 0; t < tiles.Count && (t * 12) + 12 <= Sections[i].Payload.Length; t++)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(Sections[i].Payload.AsSpan(t * 12), (ulong)tiles[t].Offset);
                    BinaryPrimitives.WriteUInt32LittleEndian(Sections[i].Payload.AsSpan((t * 12) + 8), (uint)tiles[t].Length);
                }
            }
            else if (Sections[i].Type == 'Z' && Sections[i].Payload.Length == 12)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(Sections[i].Payload, (ulong)indexOffset);
                BinaryPrimitives.WriteUInt32LittleEndian(Sections[i].Payload.AsSpan(8), (uint)tiles.Count);
            }
        }
    }

    /// <summary>Puts the stream together; every check and CRC is right.</summary>
    public byte[] ToArray()
    {
        using MemoryStream file = new();
        byte[] preamble = [.. Signature, Major, Minor, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(preamble.AsSpan(10), (ushort)Crc(preamble.AsSpan(0, 10)));
        file.Write(preamble);
        foreach (StreamSection section in Sections)
        {
            byte[] bytes = new byte[FrameBytes + section.Payload.Length + CrcBytes];
            bytes[0] = section.Type;
            bytes[1] = section.Flags;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(2), section.StatedLength ?? (uint)section.Payload.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)Crc(bytes.AsSpan(0, 6)));
            section.Payload.CopyTo(bytes, FrameBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - CrcBytes), Crc(bytes.AsSpan(0, bytes.Length - CrcBytes)));
            file.Write(bytes);
        }

        return file.ToArray();
    }

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(value =>
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }

        return crc;
    })];
}
