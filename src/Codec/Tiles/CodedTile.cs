namespace VaeCodec.Tiles;

/// <summary>A tile, or a part of one, as it goes into the file.</summary>
/// <param name="Bytes">Its coded bytes.</param>
/// <param name="Checksum">The checksum of what they decode to.</param>
internal readonly record struct CodedTile(ReadOnlyMemory<byte> Bytes, uint Checksum);
