using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

/// <summary>The bytes themselves, laid out by hand after the specification.</summary>
public sealed class LayoutTests
{
    [Fact]
    public async Task TheWriterWritesTheSpecifiedBytes()
    {
        SampleFile sample = new(
            new ContainerHeader
            {
                Width = 300,
                Height = 200,
                Layout = PixelLayout.Rgb24,
                Quality = 50,
                TileSize = 256,
                ModelIdentity = new Sha256Identity([.. Enumerable.Range(1, 32).Select(i => (byte)i)]),
                ModelName = "m",
            },
            [(MetadataKind.Xmp, [0x41, 0x42]), (MetadataKind.IccProfile, new byte[100])],
            [new SampleTile(0, 0, 0x06070809, [5]), new SampleTile(1, 0, 0x06070809, [6, 7])]);
        byte[] expected = RawFile.Build(
            RawFile.Header(RawFile.HeaderPayload()),
            new RawSection('X', 2, [0, 2, 0, 0, 0, 0x41, 0x42]),

            // One zero, a match of 94 at distance 1, five last zeros.
            new RawSection('I', 0, [1, 100, 0, 0, 0, 0x1F, 0, 1, 0, 94 - 4 - 15, 0x50, 0, 0, 0, 0, 0]),
            RawFile.Tile(0, 0, 5),
            RawFile.Tile(1, 0, 6, 7),
            RawSection.End(0, 2));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(await sample.ToBytesAsync()));
        await sample.AssertReadsAsync(PipeReader.Create(new(expected)));
    }

    /// <summary>The example at the end of the container chapters of the specification.</summary>
    [Fact]
    public async Task TheExampleOfTheSpecificationIsWhatTheWriterWrites()
    {
        byte[] example = Convert.FromHexString(
            "F65641450D0A1A0A01001FA9"
            + "48013B000000BB1F" + "640000003200000001083204000001" + "0D00010102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F200464656D6F00000000B57CA0BD"
            + "5802100000002561" + "01640000001F4101004B5042434445469A26487C"
            + "54010B0000005BA5" + "0000000078563412AABBCC2A308970"
            + "5A010C0000003A92" + "000000000000000001000000F8F97557");
        SampleFile sample = new(
            new ContainerHeader
            {
                Width = 100,
                Height = 50,
                Layout = PixelLayout.Rgb24,
                Quality = 50,
                TileSize = 256,
                ModelIdentity = new Sha256Identity([.. Enumerable.Range(1, 32).Select(i => (byte)i)]),
                ModelName = "demo",
            },
            [(MetadataKind.Xmp, [.. Enumerable.Repeat((byte)'A', 95), .. "BCDEF"u8])],
            [new SampleTile(0, 0, 0x12345678, [0xAA, 0xBB, 0xCC])]);
        Assert.Equal(Convert.ToHexString(example), Convert.ToHexString(await sample.ToBytesAsync()));
        await sample.AssertReadsAsync(PipeReader.Create(new(example)));
    }

    [Fact]
    public async Task TheIndexFollowsTheFifthTile()
    {
        Assert.DoesNotContain(RawFile.Parse(await SampleFile.Create(1, 1024, 256).ToBytesAsync()), s => s.Type == 'N');
        byte[] file = await SampleFile.Create(1, 1025, 256).ToBytesAsync();
        List<RawSection> sections = RawFile.Parse(file);
        List<byte> index = [];
        long offset = 12;
        foreach (RawSection section in sections)
        {
            if (section.Type == 'T')
            {
                index.AddRange(BitConverter.GetBytes(offset));
                index.AddRange(BitConverter.GetBytes(section.Payload.Length));
            }

            if (section.Type == 'N')
            {
                Assert.Equal(index, section.Payload);
                Assert.Equal(RawSection.End((ulong)offset, 5).Payload, sections[^1].Payload);
            }

            offset += section.Payload.Length + 12;
        }

        Assert.Equal(60, index.Count);
        Assert.Equal('N', (char)sections[^2].Type);
    }
}
