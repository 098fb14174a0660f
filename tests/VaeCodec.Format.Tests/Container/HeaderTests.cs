using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

public sealed class HeaderTests
{
    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 101)]
    [InlineData(11, 3)]
    [InlineData(11, 65)]
    [InlineData(17, 2)]
    [InlineData(50, 0)]
    [InlineData(50, 2)]
    [InlineData(51, 0x1F)]
    [InlineData(51, 0x7F)]
    [InlineData(51, 0xC3)]
    [InlineData(3, 0x80)]
    public async Task BadFieldsAreRejected(int position, byte value)
    {
        byte[] payload = RawFile.HeaderPayload();
        payload[position] = value;
        await RejectAsync<VaeFormatException>(VaeError.InvalidField, payload);
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(9, 7)]
    [InlineData(9, 17)]
    [InlineData(12, 4)]
    [InlineData(12, 0x80)]
    public async Task FeaturesToComeAreUnsupported(int position, byte value)
    {
        byte[] payload = RawFile.HeaderPayload();
        payload[position] = value;
        await RejectAsync<VaeUnsupportedException>(VaeError.UnsupportedFeature, payload);
    }

    [Fact]
    public async Task LosslessHeadersAreRead_FromVersion0_2On()
    {
        RawSection[] sections = [RawFile.Header(RawFile.WithoutBounds(RawFile.LosslessHeaderPayload(1, 1))), RawFile.Tile(0, 0, 1), RawSection.End(0, 1)];
        ContainerReader reader = new(PipeReader.Create(new MemoryStream(RawFile.Build(0, 2, sections))));
        ContainerHeader header = await reader.ReadHeaderAsync();
        Assert.Equal((true, 100, 0, 2), (header.Lossless, header.Quality, header.MajorVersion, header.MinorVersion));
        Assert.Equal((default(Sha256Identity), "lossless"), (header.ModelIdentity, header.ModelName));
        await RawFile.AssertRejectsAsync<VaeUnsupportedException>(VaeError.UnsupportedFeature, RawFile.Build(0, 1, sections));
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(9, 10)]
    [InlineData(12, 1)]
    public async Task WhatOlderVersionsDoNotHave_IsUnsupportedThere(int position, byte value)
    {
        byte[] payload = RawFile.WithoutBounds(RawFile.HeaderPayload());
        payload[position] = value;
        await RawFile.AssertRejectsAsync<VaeUnsupportedException>(VaeError.UnsupportedFeature, RawFile.Build(0, 1, [RawFile.Header(payload)]));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 255)]
    public async Task EveryMinorOfVersion1IsRead(byte major, byte minor)
    {
        byte[] payload = RawFile.HeaderPayload(1, 1);
        payload[8] = 3;
        payload[^2] = 5;
        ContainerReader reader = new(PipeReader.Create(new MemoryStream(RawFile.Build(major, minor, [RawFile.Header(payload)]))));
        ContainerHeader header = await reader.ReadHeaderAsync();
        Assert.Equal((major, minor, PixelLayout.Rgba32, 5), (header.MajorVersion, header.MinorVersion, header.Layout, header.MaxAlphaError));
    }

    [Theory]
    [InlineData(10, 99)]
    [InlineData(18, 1)]
    [InlineData(49, 1)]
    [InlineData(51, (byte)'m')]
    public async Task LosslessHeadersThatNameAModel_AreRejected(int position, byte value)
    {
        byte[] payload = RawFile.LosslessHeaderPayload();
        payload[position] = value;
        await RejectAsync<VaeFormatException>(VaeError.InvalidField, payload);
    }

    [Theory]
    [InlineData(0x02, 2)]
    [InlineData(0x03, 2)]
    [InlineData(0x04, 3)]
    [InlineData(0x80, 3)]
    public async Task RequiredFlagsOfLaterVersions_AreUnsupported(byte flags, byte minor)
    {
        byte[] payload = RawFile.WithoutBounds(RawFile.HeaderPayload());
        payload[12] = flags;
        await RawFile.AssertRejectsAsync<VaeUnsupportedException>(VaeError.UnsupportedFeature, RawFile.Build(0, minor, [RawFile.Header(payload)]));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task HeadersAreWritten_AsVersion1_0(bool lossless, bool mixed)
    {
        ContainerHeader header = new()
        {
            Width = 3, Height = 2, Layout = PixelLayout.Gray8, TileSize = 256, Lossless = lossless, MixedTiles = mixed, Quality = 100,
            ModelIdentity = default, ModelName = lossless ? ContainerHeader.LosslessName : "m",
        };
        using MemoryStream stream = new();
        await new ContainerWriter(PipeWriter.Create(stream)).WriteHeaderAsync(header);
        Assert.Equal((1, 0), (stream.ToArray()[8], stream.ToArray()[9]));
        ContainerHeader back = await new ContainerReader(PipeReader.Create(new MemoryStream(stream.ToArray()))).ReadHeaderAsync();
        Assert.Equal(header, back);
    }

    [Fact]
    public async Task OptionalFlagsAreIgnored()
    {
        byte[] payload = RawFile.HeaderPayload(1, 1);
        payload[13] = 0xFF;
        await RawFile.ReadAllAsync(RawFile.Build(RawFile.Header(payload), RawFile.Tile(0, 0, 1), RawSection.End(0, 1)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task EmptyPicturesAreRejected(uint width, uint height)
        => await RejectAsync<VaeFormatException>(VaeError.InvalidField, RawFile.HeaderPayload(width, height));

    [Theory]
    [InlineData("")]
    [InlineData("a\u009Fb")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\uFEFFb")]
    [InlineData("a\uFFFDb")]
    [InlineData("a\nb")]
    public async Task BadNamesAreRejectedInBothDirections(string name)
    {
        await RejectAsync<VaeFormatException>(VaeError.InvalidField, RawFile.HeaderPayload(name: name));
        await RejectWritingAsync(Good with { ModelName = name });
    }

    [Fact]
    public async Task NamesHaveAtMost64Bytes()
    {
        await RejectAsync<VaeFormatException>(VaeError.InvalidField, RawFile.HeaderPayload(name: new string('é', 33)));
        await RejectWritingAsync(Good with { ModelName = new string('é', 33) });
        await RejectWritingAsync(Good with { ModelName = "\uD800" });
        SampleFile sample = SampleFile.Create(1) with { Header = Good with { ModelName = new string('é', 32), Width = 300, Height = 200 } };
        await sample.AssertReadsAsync(System.IO.Pipelines.PipeReader.Create(new(await sample.ToBytesAsync())));
    }

    [Fact]
    public async Task TheWriterRejectsWhatTheReaderWould()
    {
        await RejectWritingAsync(Good with { Width = 0 });
        await RejectWritingAsync(Good with { Height = -1 });
        await RejectWritingAsync(Good with { Quality = 0 });
        await RejectWritingAsync(Good with { Quality = 101 });
        await RejectWritingAsync(Good with { TileSize = 0 });
        await RejectWritingAsync(Good with { TileSize = 192 });
        await RejectWritingAsync(Good with { TileSize = 300 });
        await RejectWritingAsync(Good with { TileSize = 4160 });
        await RejectWritingAsync(Good with { Layout = (PixelLayout)4 });
        await RejectWritingAsync(Good with { BitDepth = 9 });
        await RejectWritingAsync(Good with { Layout = PixelLayout.Rgb48 });
        await RejectWritingAsync(Good with { Layout = PixelLayout.Rgb48, BitDepth = 17 });
        await RejectWritingAsync(Good with { MaxError = 1 });
        await RejectWritingAsync(Good with { HasDigest = true });
        await RejectWritingAsync(Good with { MaxAlphaError = 1 });
        await RejectWritingAsync(Good with { Layout = PixelLayout.Rgba32, MaxAlphaError = 128 });
        await RejectWritingAsync(Good with { Layout = PixelLayout.Rgba32, MaxAlphaError = -1 });
        await RejectWritingAsync(Good with { Width = int.MaxValue });
    }

    [Fact]
    public async Task AHeaderThatIsTooLongIsRejectedBeforeItIsRead()
        => await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidField, [.. RawFile.Preamble(), .. RawFile.Frame('H', 1, 120)]);

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(255, 1)]
    public async Task OtherVersionsAreUnsupported(byte major, byte minor)
    {
        VaeUnsupportedException exception = await RawFile.AssertRejectsAsync<VaeUnsupportedException>(
            VaeError.UnsupportedVersion, RawFile.Preamble(major, minor));
        Assert.Contains($"{major}.{minor}", exception.Message);
    }

    [Fact]
    public async Task TransferDamageIsNamed()
    {
        byte[] file = await SampleFile.Create(1).ToBytesAsync();
        await AssertSaysAsync("CR LF into LF", [.. file[..4], .. file[5..]]);
        await AssertSaysAsync("high bit", [.. file.Select(b => (byte)(b & 0x7F))]);
        await AssertSaysAsync("LF into CR LF", [.. file.SelectMany(b => b == 10 ? new byte[] { 13, 10 } : [b])]);
        await AssertSaysAsync("UTF-8", [.. file.SelectMany(b => System.Text.Encoding.UTF8.GetBytes([(char)b]))]);
        await AssertSaysAsync("not a .vae file", [0x89, .. "PNG\r\n\u001a\n12345678"u8]);
        await AssertSaysAsync("not a .vae file", [1]);
        await AssertSaysAsync("damaged", [.. file[..5], 0, .. file[6..]]);
    }

    [Fact]
    public void IdentitiesAreValues()
    {
        byte[] bytes = [.. Enumerable.Range(0x7F, 32).Select(i => (byte)(i * 5))];
        Sha256Identity identity = new(bytes);
        Assert.Equal(Convert.ToHexStringLower(bytes), identity.ToString());
        Assert.Equal(identity, Sha256Identity.Parse(identity.ToString().ToUpperInvariant()));
        Assert.True(identity == Sha256Identity.Parse(identity.ToString()) && identity != default);
        byte[] copy = new byte[32];
        identity.CopyTo(copy);
        Assert.Equal(bytes, copy);
        Assert.False(Sha256Identity.TryParse(identity.ToString().AsSpan(1), out _));
        Assert.False(Sha256Identity.TryParse(identity.ToString()[1..] + "g", out _));
        Assert.Throws<FormatException>(() => Sha256Identity.Parse(""));
        Assert.Throws<ArgumentException>(() => new Sha256Identity(new byte[31]));
    }

    private static ContainerHeader Good { get; } = SampleFile.Create(1).Header;

    private static Task RejectAsync<TException>(VaeError error, byte[] payload)
        where TException : VaeException
        => RawFile.AssertRejectsAsync<TException>(error, RawFile.Build(RawFile.Header(payload)));

    private static async Task RejectWritingAsync(ContainerHeader header)
    {
        ContainerWriter writer = new(System.IO.Pipelines.PipeWriter.Create(Stream.Null));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteHeaderAsync(header));
        Assert.Equal(0, writer.BytesWritten);
    }

    private static async Task AssertSaysAsync(string words, byte[] file)
        => Assert.Contains(words, (await RawFile.AssertRejectsAsync<VaeFormatException>(VaeError.BadSignature, file)).Message);
}
