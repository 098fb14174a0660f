namespace VaeCodec.Format.Tests;

/// <summary>What a test writes as a tile and expects to read again.</summary>
internal sealed record SampleTile(int Column, int Row, uint SymbolChecksum, byte[] CodedBytes);
