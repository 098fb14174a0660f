namespace VaeCodec.Format.Tests;

/// <summary>A section as it stands in a file, for tests that take files apart and put them together wrongly.</summary>
internal sealed record RawSection(byte Type, byte Flags, byte[] Payload)
{
    public RawSection(char type, byte flags, byte[] payload)
        : this((byte)type, flags, payload)
    {
    }

    public static RawSection End(ulong indexOffset, uint tiles)
        => new('Z', 1, [.. BitConverter.GetBytes(indexOffset), .. BitConverter.GetBytes(tiles)]);
}
