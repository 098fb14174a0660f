namespace VaeCodec.Format.Tests;

public sealed class DamageTests
{
    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task EveryTruncationIsReported(int seed)
    {
        byte[] file = await SmallFileAsync(seed);
        for (int length = 0; length < file.Length; length++)
        {
            VaeFormatException exception = await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.Truncated, file[..length]);
            Assert.True(length == 0 || exception.Message.Contains("received"), exception.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task EveryFlippedBitIsFound(int seed)
    {
        byte[] file = await SmallFileAsync(seed);
        await RawFile.ReadAllAsync(file);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await Assert.ThrowsAnyAsync<VaeException>(() => RawFile.ReadAllAsync(damaged));
        }
    }

    [Fact]
    public async Task EveryFlippedBitOfSkippedSectionsIsFound()
    {
        byte[] file = RawFile.Build(
            RawFile.Header(RawFile.HeaderPayload()),
            new RawSection('q', 0xF2, [1, 2, 3]),
            RawFile.Tile(0, 0, 5),
            new RawSection('q', 0x10, []),
            RawFile.Tile(1, 0, 6),
            RawSection.End(0, 2));
        await RawFile.ReadAllAsync(file);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await Assert.ThrowsAnyAsync<VaeException>(() => RawFile.ReadAllAsync(damaged));
        }
    }

    [Fact]
    public async Task DamagedBytesGiveOnlyTheDocumentedExceptions()
    {
        for (int round = 0; round < 3000; round++)
        {
            Random random = new(round);
            byte[] file = await SmallFileAsync(round % 7);
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            await AssertDocumentedAsync(random.Next(2) == 0 ? file : file[..random.Next(file.Length)]);
        }
    }

    /// <summary>Behind right checksums: what a hostile writer can send.</summary>
    [Fact]
    public async Task HostileSectionsGiveOnlyTheDocumentedExceptions()
    {
        int accepted = 0;
        for (int round = 0; round < 5000; round++)
        {
            Random random = new(round);
            List<RawSection> sections = RawFile.Parse(await SmallFileAsync(round % 7));
            for (int i = random.Next(1, 3); i > 0; i--)
            {
                int victim = random.Next(sections.Count);
                sections[victim] = Mutate(random, sections[victim]);
            }

            accepted += await AssertDocumentedAsync(RawFile.Build(sections)) ? 1 : 0;
        }

        // Changed coded bytes, code points, names: many mutations are none of the container's business.
        Assert.InRange(accepted, 100, 4900);
    }

    [Fact]
    public async Task ADamagedTileCanBeSteppedOver()
    {
        (SampleFile sample, byte[] file, int offset) = await WithDamagedTileAsync();
        ContainerReader reader = await BeforeTilesAsync(file);
        for (int i = 0; i < sample.Tiles.Count; i++)
        {
            if (i == 5)
            {
                VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(async () => await reader.ReadTileAsync());
                Assert.Equal(VaeError.ChecksumMismatch, exception.Error);
                Assert.Contains("column 1, row 1", exception.Message);
                Assert.Contains($"offset {offset}", exception.Message);
                Assert.True(reader.CanContinue);
                continue;
            }

            using TileSection? tile = await reader.ReadTileAsync();
            Assert.Equal(sample.Tiles[i].CodedBytes, tile!.CodedBytes.ToArray());
        }

        Assert.Null(await reader.ReadTileAsync());
        Assert.Equal(12, reader.TilesRead);
    }

    /// <summary>Nobody wants the tile, so its damage is passed over; that of a frame, which tells where the next tile is, cannot be.</summary>
    [Fact]
    public async Task ADamagedTileThatNobodyWantsIsPassedOver()
    {
        (SampleFile sample, byte[] file, int offset) = await WithDamagedTileAsync();
        ContainerReader reader = await BeforeTilesAsync(file);
        for (int i = 0; i < sample.Tiles.Count; i++)
        {
            Assert.Equal(i, reader.TilesRead);
            if (i % 2 == 1)
            {
                await reader.SkipTileAsync();
                continue;
            }

            using TileSection? tile = await reader.ReadTileAsync();
            Assert.Equal(sample.Tiles[i].CodedBytes, tile!.CodedBytes.ToArray());
        }

        // Index and end are held against the tiles that were passed over, too.
        Assert.Null(await reader.ReadTileAsync());
        Assert.Equal(file.Length, reader.BytesRead);

        file[offset + 2] ^= 1;
        reader = await BeforeTilesAsync(file);
        for (int i = 0; i < 5; i++)
        {
            await reader.SkipTileAsync();
        }

        await Assert.ThrowsAsync<VaeFormatException>(async () => await reader.SkipTileAsync());
        Assert.False(reader.CanContinue);
    }

    [Fact]
    public async Task AfterATruncationThereIsNoGoingOn()
    {
        byte[] file = await SmallFileAsync(1);
        ContainerReader reader = new(System.IO.Pipelines.PipeReader.Create(new(file[..^30])));
        await reader.ReadHeaderAsync();
        await reader.ReadMetadataAsync();
        await Assert.ThrowsAsync<VaeFormatException>(async () =>
        {
            while (await reader.ReadTileAsync() is { } tile)
            {
                tile.Dispose();
            }
        });
        Assert.False(reader.CanContinue);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadTileAsync());
    }

    /// <summary>Odd seeds have an index, even ones do not.</summary>
    private static Task<byte[]> SmallFileAsync(int seed)
        => SampleFile.Create(seed, seed % 2 == 1 ? 700 : 500, 400, maxCoded: 6).ToBytesAsync();

    private static async Task<bool> AssertDocumentedAsync(byte[] file)
    {
        try
        {
            await RawFile.ReadAllAsync(file);
            return true;
        }
        catch (VaeException)
        {
            return false;
        }
    }

    private static RawSection Mutate(Random random, RawSection section)
    {
        byte[] payload = (byte[])section.Payload.Clone();
        switch (payload.Length == 0 ? random.Next(2) : random.Next(6))
        {
            case 0:
                return section with { Type = (byte)random.Next(256) };
            case 1:
                return section with { Flags = (byte)random.Next(256) };
            case 2:
                return section with { Payload = payload[..random.Next(payload.Length)] };
            case 3:
                byte[] more = new byte[random.Next(1, 20)];
                random.NextBytes(more);
                return section with { Payload = [.. payload, .. more] };
            default:
                payload[random.Next(payload.Length)] = random.Next(3) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
                return section with { Payload = payload };
        }
    }

    /// <summary>A file with a damaged bit in the coded bytes of its sixth tile, and where that tile's section begins.</summary>
    private static async Task<(SampleFile Sample, byte[] File, int Offset)> WithDamagedTileAsync()
    {
        SampleFile sample = SampleFile.Create(21, 1000, 600);
        byte[] file = await sample.ToBytesAsync();
        List<RawSection> sections = RawFile.Parse(file);
        int bad = sections.FindIndex(s => s.Type == 'T') + 5;
        int offset = 12 + sections.Take(bad).Sum(s => s.Payload.Length + 12);
        file[offset + 8 + 8] ^= 1;
        return (sample, file, offset);
    }

    private static async Task<ContainerReader> BeforeTilesAsync(byte[] file)
    {
        ContainerReader reader = new(System.IO.Pipelines.PipeReader.Create(new(file)));
        await reader.ReadHeaderAsync();
        await reader.ReadMetadataAsync();
        return reader;
    }
}
