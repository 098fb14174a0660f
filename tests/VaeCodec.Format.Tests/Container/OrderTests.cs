namespace VaeCodec.Format.Tests;

public sealed class OrderTests
{
    private static readonly RawSection Icc = new('I', 0, [0, 1, 0, 0, 0, 77]);
    private static readonly RawSection Exif = new('E', 2, [0, 1, 0, 0, 0, 78]);
    private static readonly RawSection Header = RawFile.Header(RawFile.HeaderPayload());
    private static readonly RawSection[] Sound = [Header, Icc, Exif, RawFile.Tile(0, 0, 5), RawFile.Tile(1, 0, 6), RawSection.End(0, 2)];

    [Fact]
    public async Task SoundFileIsRead() => await RawFile.ReadAllAsync(RawFile.Build(Sound));

    [Fact]
    public async Task EverySwapButThatOfMetadataIsRejected()
    {
        for (int a = 0; a < Sound.Length; a++)
        {
            for (int b = a + 1; b < Sound.Length; b++)
            {
                RawSection[] swapped = [.. Sound];
                (swapped[a], swapped[b]) = (swapped[b], swapped[a]);
                if ((a, b) == (1, 2))
                {
                    await RawFile.ReadAllAsync(RawFile.Build(swapped));
                }
                else
                {
                    await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.InvalidOrder, RawFile.Build(swapped));
                }
            }
        }
    }

    [Fact]
    public async Task EveryDuplicateIsRejected()
    {
        for (int i = 0; i < Sound.Length; i++)
        {
            List<RawSection> sections = [.. Sound];
            sections.Insert(i, sections[i]);
            VaeError error = i == Sound.Length - 1 ? VaeError.TrailingData : VaeError.InvalidOrder;
            await RawFile.AssertRejectsAsync<VaeFormatException>(error, RawFile.Build(sections));
        }
    }

    [Fact]
    public async Task EveryDeletionButThatOfMetadataIsRejected()
    {
        for (int i = 0; i < Sound.Length; i++)
        {
            List<RawSection> sections = [.. Sound];
            sections.RemoveAt(i);
            if (i is 1 or 2)
            {
                await RawFile.ReadAllAsync(RawFile.Build(sections));
                continue;
            }

            VaeError error = i == Sound.Length - 1 ? VaeError.Truncated : VaeError.InvalidOrder;
            await RawFile.AssertRejectsAsync<VaeFormatException>(error, RawFile.Build(sections));
        }
    }

    [Fact]
    public async Task MetadataAfterATileAreRejected()
        => await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidOrder, RawFile.Build(Header, Sound[3], Icc, Sound[4], Sound[5]));

    [Fact]
    public async Task MoreTilesThanThePictureHasAreRejected()
        => await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidOrder, RawFile.Build(Header, Sound[3], Sound[4], RawFile.Tile(0, 1, 5), RawSection.End(0, 3)));

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task AnyByteAfterTheEndIsTrailing(byte value)
        => await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.TrailingData, [.. RawFile.Build(Sound), value]);

    [Fact]
    public async Task TwoFilesAreNotOne()
        => await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.TrailingData, [.. RawFile.Build(Sound), .. RawFile.Build(Sound)]);

    [Fact]
    public async Task UnknownSectionsThatAreNotCriticalMayStandAnywhereInside()
    {
        for (int i = 1; i < Sound.Length; i++)
        {
            foreach (byte flags in new byte[] { 0, 2, 0x80, 0xF2 })
            {
                List<RawSection> sections = [.. Sound];
                sections.Insert(i, new RawSection('p', flags, new byte[50_000]));
                sections.Insert(i, new RawSection(0x07, flags, []));
                await RawFile.ReadAllAsync(RawFile.Build(sections));
            }
        }
    }

    [Fact]
    public async Task NothingStandsBeforeTheHeader()
        => await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidOrder, RawFile.Build([new RawSection('p', 0, []), .. Sound]));

    [Theory]
    [InlineData((byte)'p', "'p'")]
    [InlineData((byte)0x1B, "0x1B")]
    public async Task UnknownCriticalSectionsAreRejectedByName(byte type, string name)
    {
        int offset = RawFile.Build(Header, Icc).Length;
        VaeUnsupportedException exception = await RawFile.AssertRejectsAsync<VaeUnsupportedException>(
            VaeError.UnsupportedFeature, RawFile.Build(Header, Icc, new RawSection(type, 1, [1]), Sound[3], Sound[4], Sound[5]));
        Assert.Contains(name, exception.Message);
        Assert.Contains($"offset {offset}", exception.Message);
    }

    [Theory]
    [InlineData(0x04)]
    [InlineData(0x08)]
    public async Task ReservedFlagsAreRejectedEverywhere(byte flag)
    {
        for (int i = 0; i < Sound.Length; i++)
        {
            RawSection[] sections = [.. Sound];
            sections[i] = sections[i] with { Flags = (byte)(sections[i].Flags | flag) };
            await RawFile.AssertRejectsAsync<VaeUnsupportedException>(VaeError.UnsupportedFeature, RawFile.Build(sections));
        }

        await RawFile.AssertRejectsAsync<VaeUnsupportedException>(
            VaeError.UnsupportedFeature, RawFile.Build([Header, new RawSection('p', flag, []), .. Sound.Skip(1)]));
    }

    [Fact]
    public async Task IgnorableFlagsAreIgnoredAndCriticalityIsFixedByType()
    {
        for (int i = 0; i < Sound.Length; i++)
        {
            RawSection[] sections = [.. Sound];
            sections[i] = sections[i] with { Flags = (byte)(sections[i].Flags ^ 0xF2) };
            await RawFile.ReadAllAsync(RawFile.Build(sections));
            sections[i] = sections[i] with { Flags = (byte)(sections[i].Flags ^ 0x01) };
            await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.InvalidField, RawFile.Build(sections));
        }
    }

    [Fact]
    public async Task IndexAndEndMustAgreeWithTheFile()
    {
        byte[] file = await SampleFile.Create(5, 1000, 500).ToBytesAsync();
        List<RawSection> sections = RawFile.Parse(file);
        int index = sections.FindIndex(s => s.Type == 'N');
        for (int i = index; i < sections.Count; i++)
        {
            for (int position = 0; position < sections[i].Payload.Length; position++)
            {
                List<RawSection> changed = [.. sections];
                byte[] payload = (byte[])sections[i].Payload.Clone();
                payload[position] ^= 0x80;
                changed[i] = sections[i] with { Payload = payload };
                await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.InvalidField, RawFile.Build(changed));
            }
        }

        List<RawSection> twice = [.. sections];
        twice.Insert(index, sections[index]);
        await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.InvalidOrder, RawFile.Build(twice));
        sections.RemoveAt(index);
        await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.InvalidField, RawFile.Build(sections));
        sections[^1] = RawSection.End(0, 8);
        await RawFile.ReadAllAsync(RawFile.Build(sections));
    }
}
