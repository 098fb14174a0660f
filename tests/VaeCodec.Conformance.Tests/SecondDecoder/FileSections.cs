using System.Buffers.Binary;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Changes to files below their checksums, which are made right again (sections 2.2 and 2.3).</summary>
internal static class FileSections
{
    public const int PreambleLength = 12;
    public const int FrameLength = 8;

    /// <summary>Where a tile's coded bytes start in its section: behind the frame, column, row and symbol checksum.</summary>
    public const int CodedBytesOffset = FrameLength + 8;

    private const int CrcLength = 4;

    /// <summary>The sections of a valid file: where they start, and the length of their payload.</summary>
    public static List<(int Section, int Length)> Of(byte[] file)
    {
        List<(int Section, int Length)> sections = [];
        for (int section = PreambleLength; section < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(section + 2));
            sections.Add((section, length));
            section += FrameLength + length + CrcLength;
        }

        return sections;
    }

    /// <summary>Where the first section of a type starts, and the length of its payload.</summary>
    public static (int Section, int Length) First(byte[] file, char type) => Of(file).First(section => file[section.Section] == type);

    /// <summary>Makes the check and the crc of a section right.</summary>
    public static void Repair(byte[] file, int section, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(section + 6), Crc32C.Low16(file.AsSpan(section, 6)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(section + FrameLength + length), Crc32C.Of(file.AsSpan(section, FrameLength + length)));
    }

    /// <summary>Another file, that says it is of another version.</summary>
    public static byte[] WithVersion(byte[] file, int major, int minor)
    {
        byte[] changed = [.. file];
        changed[8] = (byte)major;
        changed[9] = (byte)minor;
        BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(10), Crc32C.Low16(changed.AsSpan(0, 10)));
        return changed;
    }

    /// <summary>Another file, with one byte of the first section of a type changed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="type">The type.</param>
    /// <param name="offset">The byte's offset in the section.</param>
    /// <param name="value">What it becomes.</param>
    public static byte[] WithByte(byte[] file, char type, int offset, int value)
    {
        byte[] changed = [.. file];
        (int section, int length) = First(file, type);
        changed[section + offset] = (byte)value;
        Repair(changed, section, length);
        return changed;
    }

    /// <summary>Another file of version 0.4 or 1.0, with other bounds of errors: the last four bytes of its header.</summary>
    public static byte[] WithBounds(byte[] file, int maxError, int maxAlphaError)
    {
        byte[] changed = [.. file];
        (int section, int length) = First(file, 'H');
        Span<byte> bounds = changed.AsSpan(section + FrameLength + length - 4, 4);
        BinaryPrimitives.WriteUInt16LittleEndian(bounds, (ushort)maxError);
        BinaryPrimitives.WriteUInt16LittleEndian(bounds[2..], (ushort)maxAlphaError);
        Repair(changed, section, length);
        return changed;
    }

    /// <summary>Another file, with other bytes in the place of the first tile's.</summary>
    public static byte[] WithTile(byte[] file, uint symbolChecksum, byte[] codedBytes)
    {
        (int section, int length) = First(file, 'T');
        byte[] tile = [.. file.AsSpan(section, CodedBytesOffset), .. codedBytes, .. new byte[CrcLength]];
        int newLength = tile.Length - FrameLength - CrcLength;
        BinaryPrimitives.WriteInt32LittleEndian(tile.AsSpan(2), newLength);
        BinaryPrimitives.WriteUInt32LittleEndian(tile.AsSpan(CodedBytesOffset - 4), symbolChecksum);
        Repair(tile, 0, newLength);
        return [.. file.AsSpan(0, section), .. tile, .. file.AsSpan(section + FrameLength + length + CrcLength)];
    }
}
