using System.IO.Pipelines;
using System.Security.Cryptography;

namespace VaeCodec.Format.Tests;

/// <summary>A seeded container: what goes in, and the bytes that the writer makes of it.</summary>
internal sealed record SampleFile(ContainerHeader Header, IReadOnlyList<(MetadataKind Kind, byte[] Data)> Metadata, IReadOnlyList<SampleTile> Tiles)
{
    public static SampleFile Create(int seed, int width = 300, int height = 200, int tileSize = 256, int maxCoded = 40, bool metadata = true)
    {
        Random random = new(seed);
        ContainerHeader header = new()
        {
            Width = width,
            Height = height,
            Layout = (PixelLayout)random.Next(2),
            Quality = random.Next(1, 101),
            TileSize = tileSize,
            Colour = new ColourCodePoints((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), random.Next(2) == 1),
            ModelIdentity = new Sha256Identity(SHA256.HashData(BitConverter.GetBytes(seed))),
            ModelName = seed % 3 == 0 ? "modèle-ö" : "standard-" + seed,
        };
        List<(MetadataKind, byte[])> sections = [];
        foreach (MetadataKind kind in Enum.GetValues<MetadataKind>().OrderBy(_ => random.Next()))
        {
            if (metadata && random.Next(4) != 0)
            {
                sections.Add((kind, SampleData.Create(random, random.Next(1, 90))));
            }
        }

        List<SampleTile> tiles = [];
        for (int i = 0; i < header.TileCount; i++)
        {
            byte[] coded = new byte[random.Next(1, maxCoded + 1)];
            random.NextBytes(coded);
            tiles.Add(new SampleTile(i % header.TileColumns, i / header.TileColumns, (uint)random.NextInt64(1L << 32), coded));
        }

        return new SampleFile(header, sections, tiles);
    }

    public async Task WriteAsync(PipeWriter output)
    {
        ContainerWriter writer = new(output);
        await writer.WriteHeaderAsync(Header);
        foreach ((MetadataKind kind, byte[] data) in Metadata)
        {
            await writer.WriteMetadataAsync(kind, data);
        }

        foreach (SampleTile tile in Tiles)
        {
            await writer.WriteTileAsync(tile.Column, tile.Row, tile.SymbolChecksum, tile.CodedBytes);
        }

        await writer.FinishAsync();
    }

    public async Task<byte[]> ToBytesAsync()
    {
        using MemoryStream stream = new();
        PipeWriter output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await WriteAsync(output);
        await output.CompleteAsync();
        return stream.ToArray();
    }

    /// <summary>Reads a container to its end and compares everything with this sample.</summary>
    public async Task AssertReadsAsync(PipeReader input)
    {
        ContainerReader reader = new(input);
        ContainerHeader header = await reader.ReadHeaderAsync();
        Assert.Equal(Header, header);
        MetadataSections metadata = await reader.ReadMetadataAsync();
        Assert.Equal(Find(MetadataKind.IccProfile), metadata.IccProfile);
        Assert.Equal(Find(MetadataKind.Exif), metadata.Exif);
        Assert.Equal(Find(MetadataKind.Xmp), metadata.Xmp);
        foreach (SampleTile expected in Tiles)
        {
            using TileSection? tile = await reader.ReadTileAsync();
            Assert.NotNull(tile);
            Assert.Equal((expected.Column, expected.Row, expected.SymbolChecksum), (tile.Column, tile.Row, tile.SymbolChecksum));
            Assert.True(expected.CodedBytes.AsSpan().SequenceEqual(tile.CodedBytes.Span));
        }

        Assert.Null(await reader.ReadTileAsync());
        Assert.Null(await reader.ReadTileAsync());
    }

    private byte[]? Find(MetadataKind kind) => Metadata.FirstOrDefault(m => m.Kind == kind).Data;
}
