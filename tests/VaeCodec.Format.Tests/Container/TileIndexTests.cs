using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

/// <summary>Tiles by the index: any of them in any order, and nothing but what the index may say.</summary>
public class TileIndexTests
{
    /// <summary>Six tiles, so that there is an index.</summary>
    private static readonly SampleFile s_sample = SampleFile.Create(5, 700, 400);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public async Task TilesAreReadInAnyOrder(int start)
    {
        byte[] file = await s_sample.ToBytesAsync();
        MemoryStream stream = new([.. new byte[start], .. file]);
        TileIndex? index = await ReadIndexAsync(stream, start, s_sample);
        Assert.NotNull(index);
        foreach (int number in (int[])[5, 0, 1, 2, 2, 4, 3])
        {
            SampleTile expected = s_sample.Tiles[number];
            using TileSection tile = await index.ReadTileAsync(expected.Column, expected.Row);
            Assert.Equal((expected.Column, expected.Row, expected.SymbolChecksum), (tile.Column, tile.Row, tile.SymbolChecksum));
            Assert.Equal(expected.CodedBytes, tile.CodedBytes.ToArray());
        }

        int tileBytes = s_sample.Tiles.Sum(tile => tile.CodedBytes.Length + 20) + s_sample.Tiles[2].CodedBytes.Length + 20;
        Assert.Equal(24 + (12 + (6 * 12)) + tileBytes, index.BytesRead);
    }

    [Fact]
    public async Task FilesOfFewTilesHaveNone()
    {
        SampleFile small = SampleFile.Create(5, 300, 200);
        Assert.Null(await ReadIndexAsync(new MemoryStream(await small.ToBytesAsync()), 0, small));
    }

    [Fact]
    public async Task EveryCutFileIsRefused()
    {
        byte[] file = await s_sample.ToBytesAsync();
        for (int length = 0; length < file.Length; length++)
        {
            await Assert.ThrowsAnyAsync<VaeException>(() => ReadAsync(file[..length]));
        }
    }

    [Fact]
    public async Task EveryChangedByteOfEndAndIndexIsFound()
    {
        byte[] file = await s_sample.ToBytesAsync();
        int indexSection = file.Length - 24 - 12 - (6 * 12);
        for (int at = indexSection; at < file.Length; at++)
        {
            byte[] changed = [.. file];
            changed[at] ^= 0x10;
            await Assert.ThrowsAnyAsync<VaeException>(() => ReadAsync(changed));
        }
    }

    [Fact]
    public async Task ADamagedTile_LeavesTheOthers()
    {
        byte[] file = await s_sample.ToBytesAsync();
        TileIndex index = (await ReadIndexAsync(new MemoryStream(file), 0, s_sample))!;
        using (TileSection tile = await index.ReadTileAsync(1, 0))
        {
            file[tile.Offset + 8 + 9] ^= 1;
        }

        index = (await ReadIndexAsync(new MemoryStream(file), 0, s_sample))!;
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => index.ReadTileAsync(1, 0).AsTask());
        Assert.Equal(VaeError.ChecksumMismatch, exception.Error);
        (await index.ReadTileAsync(2, 0)).Dispose();
        (await index.ReadTileAsync(0, 0)).Dispose();
    }

    /// <summary>An index whose checksums are right and that says what is not so.</summary>
    [Theory]
    [InlineData(0, 0UL, 30u)]
    [InlineData(0, ulong.MaxValue, 30u)]
    [InlineData(3, 100UL, 30u)]
    [InlineData(5, 1UL << 40, 30u)]
    [InlineData(2, null, 0u)]
    [InlineData(2, null, 8u)]
    [InlineData(2, null, uint.MaxValue)]
    public async Task AnImpossibleEntryIsRefused(int tile, ulong? offset, uint length)
    {
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(async () => await ReadAsync(await EditAsync(tile, offset, length)));
        Assert.Equal(VaeError.InvalidField, exception.Error);
    }

    [Fact]
    public async Task AnEntryThatPointsAtAnotherTileOrAtNone_IsFoundWhenTheTileIsRead()
    {
        List<RawSection> sections = RawFile.Parse(await s_sample.ToBytesAsync());
        byte[] entries = sections[^2].Payload;

        // Tile 1 is said to be one byte longer than it is, or to begin one byte before it does.
        foreach ((int offset, int length) in ((int, int)[])[(0, 1), (-1, 0), (1, 0)])
        {
            ulong at = BitConverter.ToUInt64(entries, 12);
            uint size = BitConverter.ToUInt32(entries, 20);
            byte[] file = await EditAsync(1, at + (ulong)(long)offset, size + (uint)length);
            TileIndex? index;
            try
            {
                index = await ReadIndexAsync(new MemoryStream(file), 0, s_sample);
            }
            catch (VaeFormatException exception)
            {
                // It would overlap its neighbour.
                Assert.Equal(VaeError.InvalidField, exception.Error);
                continue;
            }

            await Assert.ThrowsAsync<VaeFormatException>(() => index!.ReadTileAsync(1, 0).AsTask());
        }
    }

    /// <summary>Metadata can hold sound tile sections; an index that points there shows another picture than the file has.</summary>
    [Fact]
    public async Task AnIndexThatDoesNotBeginWithTheFirstTileIsRefused()
    {
        byte[] other = await SampleFile.Create(6, 700, 400, maxCoded: 4000, metadata: false).ToBytesAsync();
        SampleFile hiding = s_sample with { Metadata = [(MetadataKind.Exif, other)] };
        byte[] file = await hiding.ToBytesAsync();
        List<RawSection> sections = RawFile.Parse(file), hidden = RawFile.Parse(other);
        int shift = file.AsSpan().IndexOf(other);
        Assert.True(shift > 0);
        sections[^2].Payload.AsSpan().Clear();
        hidden[^2].Payload.CopyTo(sections[^2].Payload, 0);
        for (int entry = 0; entry < 6; entry++)
        {
            BitConverter.TryWriteBytes(sections[^2].Payload.AsSpan(entry * 12), BitConverter.ToUInt64(hidden[^2].Payload, entry * 12) + (ulong)shift);
        }

        byte[] edited = [.. file[..12], .. RawFile.Build(sections)[12..]];
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => ReadIndexAsync(new MemoryStream(edited), 0, hiding).AsTask());
        Assert.Equal(VaeError.InvalidField, exception.Error);
    }

    [Fact]
    public async Task WrongTileCountsAndIndexOffsetsAreRefused()
    {
        byte[] file = await s_sample.ToBytesAsync();
        List<RawSection> sections = RawFile.Parse(file);
        ulong offset = BitConverter.ToUInt64(sections[^1].Payload);
        foreach ((ulong at, uint tiles) in ((ulong, uint)[])[(offset, 5), (offset + 1, 6), (offset - 12, 6), (ulong.MaxValue, 6), (3, 6), ((ulong)file.Length, 6)])
        {
            sections[^1] = RawSection.End(at, tiles);
            await Assert.ThrowsAnyAsync<VaeFormatException>(() => ReadAsync([.. file[..12], .. RawFile.Build(sections)[12..]]));
        }
    }

    [Fact]
    public async Task AStreamThatCannotSeekIsRefused()
    {
        Pipe pipe = new();
        await Assert.ThrowsAsync<ArgumentException>(() => ReadIndexAsync(pipe.Reader.AsStream(), 0, s_sample).AsTask());
    }

    [Fact]
    public async Task PlacesOutsideThePictureAreRefused()
    {
        TileIndex index = (await ReadIndexAsync(new MemoryStream(await s_sample.ToBytesAsync()), 0, s_sample))!;
        foreach ((int column, int row) in ((int, int)[])[(-1, 0), (0, -1), (3, 0), (0, 2)])
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => index.ReadTileAsync(column, row).AsTask());
        }
    }

    private static ValueTask<TileIndex?> ReadIndexAsync(Stream stream, long start, SampleFile sample)
        => TileIndex.ReadAsync(stream, start, sample.Header, FirstTile(RawFile.Parse(sample.ToBytesAsync().Result)));

    private static int FirstTile(List<RawSection> sections) => 12 + sections.TakeWhile(section => section.Type != 'T').Sum(section => section.Payload.Length + 12);

    /// <summary>Reads the index and all tiles.</summary>
    private static async Task ReadAsync(byte[] file)
    {
        TileIndex index = (await ReadIndexAsync(new MemoryStream(file), 0, s_sample))!;
        foreach (SampleTile tile in s_sample.Tiles)
        {
            (await index.ReadTileAsync(tile.Column, tile.Row)).Dispose();
        }
    }

    /// <summary>Changes an entry of the index and puts its checksum right.</summary>
    private static async Task<byte[]> EditAsync(int tile, ulong? offset, uint length)
    {
        byte[] file = await s_sample.ToBytesAsync();
        List<RawSection> sections = RawFile.Parse(file);
        byte[] entries = sections[^2].Payload;
        Assert.Equal((byte)'N', sections[^2].Type);
        if (offset is { } value)
        {
            BitConverter.TryWriteBytes(entries.AsSpan(tile * 12), value);
        }

        BitConverter.TryWriteBytes(entries.AsSpan((tile * 12) + 8), length);
        return [.. file[..12], .. RawFile.Build(sections)[12..]];
    }
}
