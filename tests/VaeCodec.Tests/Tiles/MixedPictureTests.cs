using VaeCodec.Format;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Tiles;

/// <summary>Pictures some of whose tiles are coded as samples.</summary>
public class MixedPictureTests
{
    private const int Tile = 256, Columns = 3, Rows = 2, Reach = 368;

    private static readonly PictureDescription s_picture = new(Columns * Tile, (Rows * Tile) - 40, PixelLayout.Rgb24);
    private static readonly byte[] s_pixels = HalfPage();
    private static readonly VaeEncoderOptions s_options = SmallModel.Encoding(60, Tile) with { Threads = 1 };
    private static readonly byte[] s_file = VaeEncoder.Encode(s_picture, s_pixels, s_options);

    /// <summary>The same where there is no memory for samples, so that all tiles are of latents.</summary>
    private static byte[] Network() => VaeEncoder.Encode(s_picture, s_pixels, s_options with { Limits = VaeLimits.Default with { MaxMemoryBytes = 40_000_000 } });

    private static List<int> Ways => [.. FileSections.Offsets(s_file, 'T').Select(offset => (int)s_file[offset + 16])];

    [Fact]
    public void WhatIsWritten_IsCodedAsSamples_AndWhatIsNot_AsLatents()
        => Assert.Equal([1, 2, 2, 1, 2, 2], Ways);

    [Fact]
    public void TheFile_IsSmallerAndNearer_ThanThroughTheNetworkAlone()
    {
        byte[] network = Network();
        Assert.All(FileSections.Offsets(network, 'T'), offset => Assert.NotEqual(1, network[offset + 16]));
        Assert.True(s_file.Length < network.Length, $"{s_file.Length} bytes, {network.Length} through the network");
        Assert.True(Psnr(s_file) > Psnr(network) + 3);

        static double Psnr(byte[] file) => TestPicture.Psnr(s_pixels, VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels);
    }

    [Fact]
    public void SamplesTakeTheirPlace_AndFarFromThem_ThePictureIsThatOfTheNetwork()
    {
        byte[] decoded = VaeDecoder.Decode(s_file, SmallModel.Decoding()).Pixels;
        double page = 0;
        int pagePixels = 0;
        for (int i = 0; i < decoded.Length; i++)
        {
            if (i % s_picture.RowBytes < Tile * 3)
            {
                page += (decoded[i] - s_pixels[i]) * (decoded[i] - s_pixels[i]);
                pagePixels++;
            }
        }

        Assert.True(page / pagePixels < 30, $"mean squared error {page / pagePixels} where samples are");

        // Further away than the synthesis sees, the same as where no tile is of samples.
        byte[] network = VaeDecoder.Decode(Network(), SmallModel.Decoding()).Pixels;
        for (int y = 0; y < s_picture.Height; y++)
        {
            int from = (y * s_picture.RowBytes) + ((Tile + Reach) * 3), length = (s_picture.Width - Tile - Reach) * 3;
            Assert.Equal(network.AsSpan(from, length), decoded.AsSpan(from, length));
        }
    }

    [Fact]
    public void ThreadsDoNotShow()
    {
        byte[] expected = VaeDecoder.Decode(s_file, SmallModel.Decoding()).Pixels;
        for (int threads = 2; threads < 5; threads++)
        {
            Assert.Equal(s_file, VaeEncoder.Encode(s_picture, s_pixels, s_options with { Threads = threads }));
            Assert.Equal(expected, VaeDecoder.Decode(s_file, SmallModel.Decoding() with { Threads = threads }).Pixels);
        }
    }

    [Fact]
    public async Task ATileOfAWayThatIsNotKnownYet_IsLostAlone()
    {
        byte[] later = [.. s_file];
        int tile = FileSections.Offsets(later, 'T')[1];
        later[tile + 16] = 9;
        FileSections.Repair(later, tile);
        Assert.Throws<VaeUnsupportedException>(() => VaeDecoder.Decode(later, SmallModel.Decoding()));
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(later), SmallModel.Decoding() with { AllowPartial = true });
        await decoder.CopyToAsync(new MemoryRowSink());
        VaeLostTile lost = Assert.Single(decoder.LostTiles);
        Assert.Equal((1, 0), (lost.Column, lost.Row));
        Assert.IsType<VaeUnsupportedException>(lost.Problem);
    }

    [Fact]
    public async Task ALostTile_LeavesTheSamplesOfOthersAlone()
    {
        byte[] whole = VaeDecoder.Decode(s_file, SmallModel.Decoding()).Pixels;
        List<int> tiles = FileSections.Offsets(s_file, 'T');
        for (int lost = 1; lost < tiles.Count; lost++)
        {
            byte[] damaged = [.. s_file];
            damaged[tiles[lost] + 30] ^= 4;
            await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(damaged), SmallModel.Decoding() with { AllowPartial = true });
            MemoryRowSink sink = new();
            await decoder.CopyToAsync(sink);
            Assert.Equal([(lost % Columns, lost / Columns)], decoder.LostTiles.Select(tile => (tile.Column, tile.Row)));
            for (int i = 0; i < whole.Length; i++)
            {
                int tile = (i / s_picture.RowBytes / Tile * Columns) + (i % s_picture.RowBytes / 3 / Tile);
                if (tile != lost && tile % Columns == 0)
                {
                    Assert.Equal(whole[i], sink.Pixels[i]);
                }
            }
        }
    }

    [Fact]
    public async Task Verification_ReadsBothKindsOfTiles_AndSeesDamage()
    {
        VaeVerification sound = await VaeVerifier.VerifyAsync(new MemoryStream(s_file), SmallModel.Decoding());
        Assert.Empty(sound.Problems);
        Assert.Equal((Columns * Rows, true), (sound.IntactTiles, sound.SymbolsDecoded));
        foreach (byte[] altered in (byte[][])[Altered(0, 40), Altered(1, 40)])
        {
            VaeVerification damaged = await VaeVerifier.VerifyAsync(new MemoryStream(altered), SmallModel.Decoding());
            Assert.Equal(VaeError.CorruptSymbols, Assert.Single(damaged.Problems).Error);
            Assert.Equal(VaeError.CorruptSymbols, Assert.Throws<VaeFormatException>(() => VaeDecoder.Decode(altered, SmallModel.Decoding())).Error);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(255)]
    public async Task UnknownWays_AreUnsupported(byte way)
    {
        byte[] file = [.. s_file];
        file[FileSections.Offsets(s_file, 'T')[1] + 16] = way;
        Repair(file, 1);
        VaeUnsupportedException problem = Assert.Throws<VaeUnsupportedException>(() => VaeDecoder.Decode(file, SmallModel.Decoding()));
        Assert.Equal(VaeError.UnsupportedFeature, problem.Error);
        Assert.Contains("Tile 1,0", problem.Message, StringComparison.Ordinal);
        VaeVerification verified = await VaeVerifier.VerifyAsync(new MemoryStream(file), SmallModel.Decoding());
        Assert.Equal(VaeError.UnsupportedFeature, Assert.Single(verified.Problems).Error);
    }

    [Fact]
    public void LatentsInLosslessFiles_AreUnsupported()
    {
        byte[] file = VaeEncoder.Encode(s_picture, s_pixels, new VaeEncoderOptions { Lossless = true, TileSize = Tile });
        file[FileSections.Offsets(file, 'T')[0] + 16] = (byte)TileWay.Latents;
        Repair(file, 0);
        Assert.Equal(VaeError.UnsupportedFeature, Assert.Throws<VaeUnsupportedException>(() => VaeDecoder.Decode(file)).Error);
    }

    /// <summary>The file with one coded byte of a tile changed and the section's checksum made right.</summary>
    private static byte[] Altered(int tile, int offset)
    {
        byte[] file = [.. s_file];
        file[FileSections.Offsets(s_file, 'T')[tile] + offset] ^= 1;
        Repair(file, tile);
        return file;
    }

    private static void Repair(byte[] file, int tile)
    {
        int start = FileSections.Offsets(file, 'T')[tile], length = BitConverter.ToInt32(file, start + 2);
        Crc32CAccumulator crc = new();
        crc.Append(file.AsSpan(start, 8 + length));
        BitConverter.TryWriteBytes(file.AsSpan(start + 8 + length), crc.Value);
    }

    /// <summary>Letters that repeat in the first column of tiles, shades and noise in the others.</summary>
    private static byte[] HalfPage()
    {
        byte[] pixels = TestPicture.Pixels(s_picture, 3);
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % s_picture.RowBytes / 3, y = i / s_picture.RowBytes, letter = ((x / 8 * 7) + (y / 12 * 5)) % 11;
            if (x < Tile)
            {
                pixels[i] = (byte)(y % 12 < 9 && x % 8 < 6 ? 245 - ((((x % 8 * (letter + 3)) + (y % 12 * letter)) % 5) * 60) : 245);
            }
        }

        return pixels;
    }
}
