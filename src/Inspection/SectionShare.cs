namespace VaeCodec.Inspection;

/// <summary>What sections of a type take.</summary>
/// <param name="Name">The type: "header", "tiles", "index", or "unknown" for types that this version does not know.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">Bytes of all of them, frames and checksums included.</param>
public sealed record SectionShare(string Name, int Count, long Bytes);
