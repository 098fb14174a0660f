namespace VaeCodec.Conformance.Tests.Streams;

/// <summary>A section of a stream, taken apart. Mutable, so that tests can break it.</summary>
internal sealed class StreamSection(byte type, byte flags, byte[] payload)
{
    /// <summary>The type's letter.</summary>
    public byte Type { get; set; } = type;

    /// <summary>The flags.</summary>
    public byte Flags { get; set; } = flags;

    /// <summary>The payload.</summary>
    public byte[] Payload { get; set; } = payload;

    /// <summary>Length to write in place of the payload's; null is the truth.</summary>
    public uint? StatedLength { get; set; }

    /// <summary>A copy.</summary>
    public StreamSection Clone() => new(Type, Flags, [.. Payload]);
}
