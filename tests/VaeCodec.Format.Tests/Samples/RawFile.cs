using System.Buffers.Binary;
using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

/// <summary>
/// Takes containers apart and puts sections together, by the specification and with a checksum of its own: none of
/// the code under test is used here.
/// </summary>
internal static class RawFile
{
    public static readonly byte[] Signature = [0xF6, (byte)'V', (byte)'A', (byte)'E', 13, 10, 26, 10];

    public static byte[] Preamble(byte major = 1, byte minor = 0)
    {
        byte[] head = [.. Signature, major, minor];
        return [.. head, .. BitConverter.GetBytes((ushort)Crc(head))];
    }

    public static byte[] Build(params IEnumerable<RawSection> sections) => Build(1, 0, sections);

    public static byte[] Build(byte major, byte minor, IEnumerable<RawSection> sections) => [.. Preamble(major, minor), .. sections.SelectMany(BuildSection)];

    private static byte[] BuildSection(RawSection section)
    {
        byte[] start = [section.Type, section.Flags, .. BitConverter.GetBytes(section.Payload.Length)];
        byte[] covered = [.. start, .. BitConverter.GetBytes((ushort)Crc(start)), .. section.Payload];
        return [.. covered, .. BitConverter.GetBytes(Crc(covered))];
    }

    public static List<RawSection> Parse(byte[] file)
    {
        List<RawSection> sections = [];
        int position = 12;
        while (position < file.Length)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(position + 2));
            sections.Add(new RawSection(file[position], file[position + 1], file.AsSpan(position + 8, length).ToArray()));
            position += 12 + length;
        }

        return sections;
    }

    /// <summary>A frame that declares any length, with a right check and nothing behind it.</summary>
    public static byte[] Frame(char type, byte flags, uint length)
    {
        byte[] start = [(byte)type, flags, .. BitConverter.GetBytes(length)];
        return [.. start, .. BitConverter.GetBytes((ushort)Crc(start))];
    }

    /// <summary>A sound header payload that tests change a byte of.</summary>
    public static byte[] HeaderPayload(uint width = 300, uint height = 200, string name = "m")
        => [.. BitConverter.GetBytes(width), .. BitConverter.GetBytes(height), 1, 8, 50, 4, 0, 0, 1, 13, 0, 1,
            .. Enumerable.Range(1, 32).Select(i => (byte)i), (byte)System.Text.Encoding.UTF8.GetByteCount(name), .. System.Text.Encoding.UTF8.GetBytes(name), 0, 0, 0, 0];

    /// <summary>A sound header payload of a lossless file.</summary>
    public static byte[] LosslessHeaderPayload(uint width = 300, uint height = 200)
        => [.. BitConverter.GetBytes(width), .. BitConverter.GetBytes(height), 1, 8, 100, 4, 1, 0, 1, 13, 0, 1, .. new byte[32], 8, .. "lossless"u8, 0, 0, 0, 0];

    /// <summary>A header payload as versions 0.1 to 0.3 have it.</summary>
    public static byte[] WithoutBounds(byte[] payload) => payload[..^4];

    public static RawSection Header(byte[] payload) => new('H', 1, payload);

    public static RawSection Tile(ushort column, ushort row, params byte[] coded)
        => new('T', 1, [.. BitConverter.GetBytes(column), .. BitConverter.GetBytes(row), 9, 8, 7, 6, .. coded]);

    /// <summary>CRC-32C bit by bit, straight from its definition.</summary>
    public static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return ~crc;
    }

    public static async Task ReadAllAsync(PipeReader input, ContainerLimits? limits = null)
    {
        ContainerReader reader = new(input, limits);
        await reader.ReadHeaderAsync();
        await reader.ReadMetadataAsync();
        while (await reader.ReadTileAsync() is { } tile)
        {
            tile.Dispose();
        }
    }

    public static Task ReadAllAsync(byte[] file, ContainerLimits? limits = null) => ReadAllAsync(PipeReader.Create(new(file)), limits);

    public static async Task<TException> AssertRejectsAsync<TException>(VaeError error, byte[] file, ContainerLimits? limits = null)
        where TException : VaeException
    {
        TException exception = await Assert.ThrowsAsync<TException>(() => ReadAllAsync(file, limits));
        Assert.True(error == exception.Error, $"{exception.Error}: {exception.Message}");
        return exception;
    }
}
