namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Chapter 2: what a whole, valid file holds.</summary>
/// <param name="MinorVersion">The file's minor version.</param>
/// <param name="Header">Its header.</param>
/// <param name="Metadata">Its unpacked metadata by type of section.</param>
/// <param name="Tiles">Its tiles in raster order.</param>
internal sealed record Container(int MinorVersion, Header Header, IReadOnlyDictionary<char, byte[]> Metadata, IReadOnlyList<TileSection> Tiles);
