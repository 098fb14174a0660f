using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Parts;

/// <summary>Parts of pictures are what the whole picture has there, and cost what they need.</summary>
public class RegionTests
{
    public static TheoryData<string> Kinds => PartPictures.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ARegion_IsThatOfTheWholePicture(string kind)
    {
        byte[] file = PartPictures.File(kind);
        DecodedPicture whole = await PartPictures.DecodeAsync(file, null);
        (int width, int height) = (whole.Picture.Width, whole.Picture.Height);
        Random random = new(kind.Length);
        List<PictureRegion> regions = [new(0, 0, width, height), new(0, 0, 1, 1), new(width - 1, height - 1, 1, 1), new(0, height / 2, width, 1), new(width / 2, 0, 1, height), new(250, 250, 20, 20)];
        for (int i = 0; i < 5; i++)
        {
            (int x, int y) = (random.Next(width), random.Next(height));
            regions.Add(new PictureRegion(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1)));
        }

        foreach (PictureRegion region in regions)
        {
            byte[] expected = PartPictures.Crop(whole, region);
            foreach (bool seek in (bool[])[true, false])
            {
                DecodedPicture part = await PartPictures.DecodeAsync(file, region, seek: seek);
                Assert.Equal(whole.Picture with { Width = region.Width, Height = region.Height }, part.Picture);
                Assert.True(expected.AsSpan().SequenceEqual(part.Pixels), $"The region {region} differs from the whole picture.");
            }
        }
    }

    [Fact]
    public async Task WhatIsRead_GrowsWithTheRegionAndNotWithThePicture()
    {
        PictureRegion region = new(1300, 1300, 100, 100);
        List<(long Read, long File)> costs = [];
        foreach (int side in (int[])[1500, 3000])
        {
            (PictureDescription picture, byte[] pixels) = TestPicture.Create(side, side);
            byte[] file = VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Quality = 60, TileSize = 256, Model = SmallModel.Instance });
            CountingStream stream = new(file);
            await using VaeDecoder decoder = await VaeDecoder.OpenAsync(stream, SmallModel.Decoding() with { Region = region });
            await decoder.CopyToAsync(new MemoryRowSink());
            costs.Add((stream.BytesTaken, file.Length));
            Assert.True(decoder.FileBytes <= stream.BytesTaken);

            CountingStream again = new(file);
            Assert.Equal((100, 100), (await VaeDecoder.DecodeAsync(again, SmallModel.Decoding() with { Region = region })).Picture is var part ? (part.Width, part.Height) : default);
            Assert.Equal(stream.BytesTaken, again.BytesTaken);
        }

        // What grows is the index, 12 bytes a tile; the stream is read in pieces of 4096 bytes.
        int index = 12 * ((12 * 12) - (6 * 6));
        Assert.InRange(costs[1].Read, 1000, costs[0].Read + index + 4096);
        Assert.True(costs[1].Read < costs[1].File / 10, $"{costs[1].Read} of {costs[1].File} bytes were read.");
    }

    [Fact]
    public async Task DamageElsewhere_DoesNotMatter_AndDamageWithin_IsReportedWithTheTilesPlaceInTheFile()
    {
        byte[] file = [.. PartPictures.File("lossless")];
        PictureRegion region = new(260, 270, 100, 40);
        byte[] expected = (await PartPictures.DecodeAsync(file, region)).Pixels;
        List<int> tiles = FileSections.Offsets(file, 'T');
        file[tiles[0] + 30] ^= 1;
        file[tiles[^1] + 30] ^= 1;
        foreach (bool seek in (bool[])[true, false])
        {
            Assert.Equal(expected, (await PartPictures.DecodeAsync(file, region, seek: seek)).Pixels);
        }

        file[tiles[5] + 30] ^= 1;
        foreach (bool seek in (bool[])[true, false])
        {
            VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => PartPictures.DecodeAsync(file, region, seek: seek));
            Assert.Equal(VaeError.ChecksumMismatch, exception.Error);
            Assert.Contains("column 1, row 1", exception.Message, StringComparison.Ordinal);
        }

        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), new VaeDecoderOptions { AllowPartial = true, Region = new PictureRegion(200, 270, 200, 40) });
        await decoder.CopyToAsync(new MemoryRowSink());
        Assert.Equal([(1, 1)], decoder.LostTiles.Select(tile => (tile.Column, tile.Row)));
    }

    [Fact]
    public async Task ADamagedIndex_IsAnErrorUnlessPartsAreAllowed()
    {
        byte[] file = [.. PartPictures.File("small")];
        PictureRegion region = new(260, 130, 100, 100);
        byte[] expected = (await PartPictures.DecodeAsync(file, region)).Pixels;
        file[FileSections.Offsets(file, 'N')[0] + 20] ^= 1;
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => PartPictures.DecodeAsync(file, region));
        Assert.Equal(VaeError.ChecksumMismatch, exception.Error);

        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), SmallModel.Decoding() with { AllowPartial = true, Region = region });
        MemoryRowSink sink = new();
        await decoder.CopyToAsync(sink);
        Assert.Equal(expected, sink.Pixels);
        Assert.Empty(decoder.LostTiles);
    }

    [Fact]
    public async Task ACutFile_StillHasItsFirstTiles()
    {
        byte[] file = PartPictures.File("lossless");
        PictureRegion region = new(10, 20, 700, 100);
        byte[] expected = (await PartPictures.DecodeAsync(file, region)).Pixels;
        byte[] cut = file[..FileSections.Offsets(file, 'T')[3]];
        Assert.Equal(expected, (await PartPictures.DecodeAsync(cut, region, seek: false)).Pixels);
        Assert.Equal(VaeError.Truncated, (await Assert.ThrowsAsync<VaeFormatException>(() => PartPictures.DecodeAsync(cut, new PictureRegion(10, 300, 9, 9), seek: false))).Error);
    }

    [Theory]
    [InlineData(-1, 0, 10, 10)]
    [InlineData(0, -1, 10, 10)]
    [InlineData(0, 0, 0, 10)]
    [InlineData(0, 0, 10, 0)]
    [InlineData(0, 0, 1001, 320)]
    [InlineData(0, 0, 1000, 321)]
    [InlineData(1000, 0, 1, 1)]
    [InlineData(0, 320, 1, 1)]
    [InlineData(1, 1, int.MaxValue, int.MaxValue)]
    public async Task ARegionThatDoesNotLieWithinThePicture_IsRefused(int x, int y, int width, int height)
    {
        VaeException exception = await Assert.ThrowsAsync<VaeException>(() => PartPictures.DecodeAsync(PartPictures.File("lossless"), new PictureRegion(x, y, width, height)));
        Assert.Equal(VaeError.RegionOutside, exception.Error);
        Assert.Contains("1000 x 320", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStreamThatBeginsBeforeTheFile_IsReadFromWhereItStands()
    {
        byte[] file = PartPictures.File("small");
        PictureRegion region = new(400, 300, 50, 60);
        MemoryStream stream = new([.. new byte[77], .. file]) { Position = 77 };
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(stream, SmallModel.Decoding() with { Region = region });
        MemoryRowSink sink = new();
        await decoder.CopyToAsync(sink);
        Assert.Equal((await PartPictures.DecodeAsync(file, region, seek: false)).Pixels, sink.Pixels);
    }

    /// <summary>The synthesis goes on below a region while the sink still has its last rows.</summary>
    [Fact]
    public async Task ASlowSinkGetsTheRightRows()
    {
        byte[] file = PartPictures.File("standard");
        DecodedPicture whole = await PartPictures.DecodeAsync(file, null);
        foreach (PictureRegion region in (PictureRegion[])[new(0, 0, 1200, 150), new(300, 100, 500, 200), new(0, 200, 1200, 1)])
        {
            await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), new VaeDecoderOptions { Region = region, Threads = 2 });
            SlowSink sink = new();
            await decoder.CopyToAsync(sink);
            Assert.True(PartPictures.Crop(whole, region).AsSpan().SequenceEqual(sink.Pixels.ToArray()), $"The region {region} differs.");
        }
    }

    [Fact]
    public void TheStandardModelReachesAsFarAsIsDocumented()
    {
        // Tiles lie between blocks of 64 pixels; rows of the network's output are 4 pixels high.
        const int boundary = 64 * 40;
        CompiledNetwork synthesis = VaeModel.Standard.Cpu.Synthesis;
        int above = Enumerable.Range(0, boundary / 4).First(row => synthesis.Sees(row, row + 1).End * 16 > boundary);
        int below = Enumerable.Range(boundary / 4, boundary / 4).Last(row => synthesis.Sees(row, row + 1).First * 16 < boundary);
        Assert.Equal(368, Math.Max(boundary - (above * 4), ((below + 1) * 4) - boundary));
    }

    /// <summary>Looks at rows late.</summary>
    private sealed class SlowSink : IRowSink
    {
        public List<byte> Pixels { get; } = [];

        public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken) => default;

        public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
        {
            await Task.Delay(400, cancellationToken);
            Pixels.AddRange(rows.Span);
        }

        public ValueTask EndAsync(CancellationToken cancellationToken) => default;
    }
}
