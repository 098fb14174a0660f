namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Chapter 2: what a whole, valid file holds.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Metadata">Its unpacked metadata by type of section.</param>
/// <param name="Tiles">Its tiles in raster order.</param>
/// <param name="Digest">The digest of its picture, or null.</param>
internal sealed record Container(Header Header, IReadOnlyDictionary<char, byte[]> Metadata, IReadOnlyList<TileSection> Tiles, byte[]? Digest);
