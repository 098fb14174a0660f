using System.Text;
using VaeCodec.Conformance.Tests.SecondDecoder.Coding;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>The examples that the specification gives of itself, read by the second decoder.</summary>
public class SpecificationExampleTests
{
    /// <summary>Section 1.2.</summary>
    [Fact]
    public void Checksum()
    {
        Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));
        Assert.Equal(0u, Crc32C.Of([]));
    }

    /// <summary>Section 2.12.</summary>
    [Fact]
    public void WholeFile()
    {
        byte[] file = Convert.FromHexString(string.Concat(
            "F65641450D0A1A0A01001FA9",
            "48013B000000BB1F6400000032000000010832040000010D0001",
            "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20",
            "0464656D6F00000000B57CA0BD",
            "58021000000025610164000000",
            "1F4101004B5042434445469A26487C",
            "54010B0000005BA50000000078563412AABBCC2A308970",
            "5A010C0000003A92000000000000000001000000F8F97557"));
        Assert.Equal(158, file.Length);
        Container container = ContainerReader.Read(file, new Limits());
        Header header = container.Header;
        Assert.Equal((100, 50, 3, 50, 256), (header.Width, header.Height, header.Channels, header.Quality, header.TileSide));
        Assert.Equal((byte[])[1, 13, 0, 1], header.Colour);
        Assert.Equal(Convert.ToHexStringLower([.. Enumerable.Range(1, 32).Select(i => (byte)i)]), header.ModelIdentity);
        Assert.Equal("demo", header.ModelName);
        Assert.Equal(new string('A', 95) + "BCDEF", Encoding.UTF8.GetString(container.Metadata[SectionTypes.Xmp]));
        TileSection tile = Assert.Single(container.Tiles);
        Assert.Equal(0x12345678u, tile.SymbolChecksum);
        Assert.Equal((byte[])[0xAA, 0xBB, 0xCC], tile.CodedBytes);
    }

    /// <summary>Section 5.7.</summary>
    [Fact]
    public void EntropyCodedStream()
    {
        RansReader stream = new(Convert.FromHexString("CEB53E53120000007EFEF45BA1BD040060BCBC727CFC0900"));
        SymbolReader reader = new(stream);
        FrequencyTable table = new(-1, [8000, 40000, 16000, 1536]);
        foreach (int symbol in (int[])[0, -7, 1, 20000, -1, -20000, 3000])
        {
            Assert.Equal(symbol, reader.Read(table, 32767));
        }

        stream.RequireEnd();
    }
}
