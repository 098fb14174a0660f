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

    /// <summary>Tile 1 is said to begin or to end a byte from where it does.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    [InlineData(-1, 0)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    public async Task AnEntryThatIsNotTheTilesPlaceIsRefused(int offset, int length)
    {
        byte[] entries = RawFile.Parse(await s_sample.ToBytesAsync())[^2].Payload;
        byte[] file = await EditAsync(1, BitConverter.ToUInt64(entries, 12) + (ulong)(long)offset, BitConverter.ToUInt32(entries, 20) + (uint)length);
        await AssertIndexRefusedAsync<VaeFormatException>(VaeError.InvalidField, file);
    }

    [Fact]
    public async Task ATileInThePlaceOfAnother_IsFoundWhenItIsRead()
    {
        List<RawSection> sections = RawFile.Parse(await s_sample.ToBytesAsync());
        int first = sections.FindIndex(section => section.Type == 'T');
        (sections[first + 1], sections[first + 2]) = (sections[first + 2], sections[first + 1]);
        TileIndex index = (await ReadIndexAsync(new MemoryStream(BuildWithIndex(sections)), 0, s_sample))!;
        foreach (int column in (int[])[1, 2])
        {
            VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => index.ReadTileAsync(column, 0).AsTask());
            Assert.Equal(VaeError.InvalidOrder, exception.Error);
        }

        (await index.ReadTileAsync(0, 0)).Dispose();
        (await index.ReadTileAsync(0, 1)).Dispose();
    }

    [Fact]
    public async Task AnEntryThatPointsAtNoTile_IsFoundWhenItIsRead()
    {
        List<RawSection> sections = RawFile.Parse(await s_sample.ToBytesAsync());
        int first = sections.FindIndex(section => section.Type == 'T');
        sections[first + 1] = sections[first + 1] with { Type = (byte)'p', Flags = 0 };
        TileIndex index = (await ReadIndexAsync(new MemoryStream(RawFile.Build(sections)), 0, s_sample))!;
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => index.ReadTileAsync(1, 0).AsTask());
        Assert.Equal(VaeError.InvalidField, exception.Error);
        (await index.ReadTileAsync(2, 0)).Dispose();
    }

    /// <summary>The end of the tile passes for a section that may be ignored, so that its entry can leave that out.</summary>
    [Fact]
    public async Task AnEntryThatLeavesOutTheEndOfATile_IsFoundWhenItIsRead()
    {
        TileIndex index = (await ReadIndexAsync(new MemoryStream(await HideSectionAsync(0)), 0, s_sample))!;
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => index.ReadTileAsync(1, 0).AsTask());
        Assert.Equal(VaeError.InvalidField, exception.Error);
        (await index.ReadTileAsync(2, 0)).Dispose();
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(1000u)]
    [InlineData(uint.MaxValue)]
    public async Task ASectionThatReachesBeyondItsGapIsRefused(uint length)
    {
        VaeFormatException exception = await AssertIndexRefusedAsync<VaeFormatException>(VaeError.InvalidField, await HideSectionAsync(length));
        Assert.Contains("reaches to offset", exception.Message);
    }

    [Fact]
    public async Task AGapThatHoldsNoSectionIsRefused()
    {
        SampleFile sample = s_sample with { Tiles = [.. s_sample.Tiles.Select(tile => tile with { CodedBytes = new byte[40] })] };
        List<RawSection> sections = RawFile.Parse(await sample.ToBytesAsync());
        for (int bytes = 1; bytes < 12; bytes++)
        {
            BitConverter.TryWriteBytes(sections[^2].Payload.AsSpan(12 + 8), 8 + 40 - bytes);
            VaeFormatException exception = await AssertIndexRefusedAsync<VaeFormatException>(VaeError.InvalidField, RawFile.Build(sections));
            Assert.Contains($"leaves {bytes} bytes", exception.Message);
        }
    }

    [Fact]
    public async Task SectionsThatMayBeIgnoredStandBehindAnyTile()
    {
        RawSection[] ignored = [new('p', 0x02, [1, 2, 3]), new(0x07, 0xF0, [])];
        List<RawSection> sections = RawFile.Parse(await s_sample.ToBytesAsync());
        int first = sections.FindIndex(section => section.Type == 'T'), places = sections.Count - 1 - first;
        for (int i = sections.Count - 1; i > first; i--)
        {
            sections.InsertRange(i, ignored);
        }

        byte[] file = BuildWithIndex(sections);
        await RawFile.ReadAllAsync(file);
        TileIndex index = (await ReadIndexAsync(new MemoryStream(file), 0, s_sample))!;

        // Of what may be ignored the frames were read, and nothing else.
        Assert.Equal(24 + (12 + (6 * 12)) + (places * ignored.Length * 8), index.BytesRead);
        foreach (SampleTile expected in s_sample.Tiles)
        {
            using TileSection tile = await index.ReadTileAsync(expected.Column, expected.Row);
            Assert.Equal(expected.CodedBytes, tile.CodedBytes.ToArray());
        }
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x03)]
    [InlineData(0x04)]
    [InlineData(0x08)]
    public async Task SectionsThatMustBeUnderstoodAreRefusedBehindAnyTile(byte flags)
    {
        foreach (byte[] file in await InsertBehindEveryTileAsync(new RawSection('p', flags, [1, 2, 3])))
        {
            await AssertIndexRefusedAsync<VaeUnsupportedException>(VaeError.UnsupportedFeature, file);
        }
    }

    [Theory]
    [InlineData('H', 1)]
    [InlineData('E', 2)]
    [InlineData('T', 1)]
    [InlineData('N', 0)]
    [InlineData('Z', 1)]
    public async Task SectionsOfKnownTypesThatTheIndexDoesNotNameAreRefused(char type, byte flags)
    {
        foreach (byte[] file in await InsertBehindEveryTileAsync(new RawSection(type, flags, new byte[12]), isNamed: false))
        {
            await AssertIndexRefusedAsync<VaeFormatException>(VaeError.InvalidOrder, file);
        }
    }

    [Fact]
    public async Task ADigestStandsBehindTheLastTileAlone()
    {
        RawSection digest = new('D', 0, new byte[32]);
        List<byte[]> files = await InsertBehindEveryTileAsync(digest);
        byte[] sound = files[^2], critical = (await InsertBehindEveryTileAsync(digest with { Flags = 1 }))[^2];
        foreach (byte[] file in files.Where(file => file != sound))
        {
            await AssertIndexRefusedAsync<VaeFormatException>(VaeError.InvalidOrder, file);
        }

        ContainerHeader lossless = s_sample.Header with { Lossless = true };
        Assert.NotNull(await TileIndex.ReadAsync(new MemoryStream(sound), 0, lossless, FirstTile(RawFile.Parse(sound))));
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => TileIndex.ReadAsync(new MemoryStream(critical), 0, lossless, FirstTile(RawFile.Parse(critical))).AsTask());
        Assert.Equal(VaeError.InvalidField, exception.Error);
    }

    /// <summary>Of a file that was cut or added to the last bytes are anything; they are not taken for a damaged section.</summary>
    [Fact]
    public async Task AFileThatDoesNotEndWithItsEndIsCalledCutOrAddedTo()
    {
        byte[] file = await s_sample.ToBytesAsync();
        foreach (byte[] other in (byte[][])[[.. file, 0], file[..^1]])
        {
            VaeFormatException exception = await AssertIndexRefusedAsync<VaeFormatException>(VaeError.Truncated, other);
            Assert.Contains("does not end with a sound end section", exception.Message);
        }
    }

    [Fact]
    public async Task ATileThatThereIsNoRoomForIsRefused()
    {
        TileIndex index = (await ReadIndexAsync(new MemoryStream(await s_sample.ToBytesAsync()), 0, s_sample))!;
        int coded = s_sample.Tiles[1].CodedBytes.Length;
        await Assert.ThrowsAsync<VaeLimitException>(() => index.ReadTileAsync(1, 0, coded - 1, CancellationToken.None).AsTask());
        using TileSection tile = await index.ReadTileAsync(1, 0, coded, CancellationToken.None);
        Assert.Equal(s_sample.Tiles[1].CodedBytes, tile.CodedBytes.ToArray());
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

    private static async Task<TException> AssertIndexRefusedAsync<TException>(VaeError error, byte[] file)
        where TException : VaeException
    {
        TException exception = await Assert.ThrowsAsync<TException>(() => ReadIndexAsync(new MemoryStream(file), 0, s_sample).AsTask());
        Assert.True(error == exception.Error, $"{exception.Error}: {exception.Message}");
        return exception;
    }

    /// <summary>Files with a section behind each of the tiles, in order, and the last with it behind the index.</summary>
    /// <param name="section">The section.</param>
    /// <param name="isNamed">Whether the index is made anew of the tiles; otherwise it is made of those that were there, as if the section were none.</param>
    private static async Task<List<byte[]>> InsertBehindEveryTileAsync(RawSection section, bool isNamed = true)
    {
        List<RawSection> sections = RawFile.Parse(await s_sample.ToBytesAsync());
        List<byte[]> files = [];
        for (int i = sections.FindIndex(other => other.Type == 'T') + 1; i < sections.Count; i++)
        {
            List<RawSection> changed = [.. sections];
            changed.Insert(i, section);
            files.Add(BuildWithIndex(changed, isNamed ? null : section));
        }

        return files;
    }

    /// <summary>Puts index and end right again after sections were put in or changed places.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="unnamed">One that is passed over, whatever its type.</param>
    private static byte[] BuildWithIndex(List<RawSection> sections, RawSection? unnamed = null)
    {
        List<byte> entries = [];
        int offset = 12, index = -1, indexOffset = 0;
        for (int i = 0; i < sections.Count; i++)
        {
            bool counts = !ReferenceEquals(sections[i], unnamed);
            if (counts && sections[i].Type == 'T')
            {
                entries.AddRange(BitConverter.GetBytes((ulong)offset));
                entries.AddRange(BitConverter.GetBytes(sections[i].Payload.Length));
            }
            else if (counts && sections[i].Type == 'N')
            {
                (index, indexOffset) = (i, offset);
            }

            offset += sections[i].Payload.Length + 12;
        }

        List<RawSection> built = [.. sections];
        built[index] = built[index] with { Payload = [.. entries] };
        built[^1] = RawSection.End((ulong)indexOffset, (uint)(entries.Count / 12));
        return RawFile.Build(built);
    }

    /// <summary>A file whose tile 1 ends with the frame of a section of unknown type, before which its entry of the index lets it end: the tile's checksum passes for the section's.</summary>
    /// <param name="length">What the frame states; 0 fits.</param>
    private static async Task<byte[]> HideSectionAsync(uint length)
    {
        SampleTile hiding = s_sample.Tiles[1] with { CodedBytes = [.. new byte[20], .. RawFile.Frame('p', 0, length)] };
        SampleFile sample = s_sample with { Tiles = [s_sample.Tiles[0], hiding, .. s_sample.Tiles.Skip(2)] };
        List<RawSection> sections = RawFile.Parse(await sample.ToBytesAsync());
        BitConverter.TryWriteBytes(sections[^2].Payload.AsSpan(12 + 8), 8 + hiding.CodedBytes.Length - 12);
        return RawFile.Build(sections);
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
