using System.IO.Pipelines;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

/// <summary>What is intact of damaged files.</summary>
public class PartialTests
{
    private const int Tile = 256, Columns = 4, Rows = 3;

    /// <summary>The standard model's synthesis sees 92 pixels around; what lies further can differ by a rounding.</summary>
    private const int Sight = 96;

    /// <summary>Rounding couples pixels through the tiles of Winograd's convolutions: four positions for each of 3 at 1/16, 4 at 1/8 and 3 at 1/4 of the size.</summary>
    private const int Coupling = 4 * ((3 * 16) + (4 * 8) + (3 * 4));

    private static readonly PictureDescription s_picture = new(1000, 700, PixelLayout.Rgb24);
    private static readonly Lazy<byte[]> s_file = new(() => VaeEncoder.Encode(s_picture, TestPicture.Pixels(s_picture, 5), new VaeEncoderOptions { Quality = 40, TileSize = Tile }));
    private static readonly Lazy<byte[]> s_whole = new(() => VaeDecoder.Decode(s_file.Value).Pixels);

    [Fact]
    public async Task ASoundFile_IsDecodedAsEver()
    {
        (byte[] pixels, IReadOnlyList<VaeLostTile> lost, VaeException? tail) = await DecodeAsync(s_file.Value);
        Assert.Equal(s_whole.Value, pixels);
        Assert.Empty(lost);
        Assert.Null(tail);
    }

    [Theory]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 0, 3, 9 })]
    [InlineData(new[] { 4, 5, 6, 7 })]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public async Task FarFromLostTiles_PixelsAreThoseOfTheSoundFile(int[] damaged)
    {
        byte[] file = [.. s_file.Value];
        List<int> offsets = FileSections.Offsets(file, 'T');
        foreach (int tile in damaged)
        {
            file[offsets[tile] + 25] ^= 64;
        }

        (byte[] pixels, IReadOnlyList<VaeLostTile> lost, VaeException? tail) = await DecodeAsync(file);
        Assert.Equal(damaged, lost.Select(tile => (tile.Row * Columns) + tile.Column));
        Assert.All(lost, tile => Assert.Equal(VaeError.ChecksumMismatch, tile.Problem.Error));
        Assert.Null(tail);
        (int far, int rounded, int changed) = Compare(pixels, damaged);
        Assert.True(changed > 0);
        Assert.True(damaged.Length > 4 || far > 100_000, $"Only {far} pixels are far from damage.");
        Assert.True(rounded <= far / 10_000, $"{rounded} of {far} pixels far from damage differ.");
    }

    /// <summary>With convolutions computed directly nothing couples what the network does not: from 96 pixels on every pixel is exactly that of the sound file.</summary>
    [Theory]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 0, 3, 9 })]
    public void FarFromLostTiles_PixelsAreExact_WhereConvolutionsAreComputedDirectly(int[] damaged)
    {
        SafetensorsFile weights = SafetensorsFile.Parse(VaeModel.Standard.Networks.ToArray());
        weights.Metadata["description"] = ModelDescriptionJson.Write(VaeModel.Standard.Networks.Description with { Convolutions = ConvolutionMethod.Direct });
        VaeModel direct = VaeModel.Load(weights.ToArray());
        byte[] file = VaeEncoder.Encode(s_picture, TestPicture.Pixels(s_picture, 5), new VaeEncoderOptions { Quality = 40, TileSize = Tile, Model = direct });
        VaeDecoderOptions options = new() { AllowPartial = true, Models = [direct] };
        byte[] whole = VaeDecoder.Decode(file, options).Pixels;
        List<int> offsets = FileSections.Offsets(file, 'T');
        foreach (int tile in damaged)
        {
            file[offsets[tile] + 25] ^= 64;
        }

        byte[] pixels = VaeDecoder.Decode(file, options).Pixels;
        int far = 0, changed = 0;
        for (int y = 0; y < s_picture.Height; y++)
        {
            for (int x = 0; x < s_picture.Width; x++)
            {
                int start = (y * s_picture.RowBytes) + (3 * x);
                bool isFar = damaged.Min(tile => Math.Max(Distance(x, tile % Columns), Distance(y, tile / Columns))) >= Sight, same = pixels.AsSpan(start, 3).SequenceEqual(whole.AsSpan(start, 3));
                Assert.True(same || !isFar, $"{x},{y} differs.");
                far += isFar ? 1 : 0;
                changed += same ? 0 : 1;
            }
        }

        Assert.True(far > 100_000 && changed > 0);
    }

    [Fact]
    public async Task ATruncatedFile_GivesTheTilesBeforeTheCut()
    {
        List<int> offsets = FileSections.Offsets(s_file.Value, 'T');
        for (int tile = 1; tile < Columns * Rows; tile += 3)
        {
            foreach (int length in (int[])[offsets[tile], offsets[tile] + 5, offsets[tile] + 60])
            {
                (byte[] pixels, IReadOnlyList<VaeLostTile> lost, VaeException? tail) = await DecodeAsync(s_file.Value[..length]);
                int[] expected = [.. Enumerable.Range(tile, (Columns * Rows) - tile)];
                Assert.Equal(expected, lost.Select(entry => (entry.Row * Columns) + entry.Column));
                Assert.Equal(VaeError.Truncated, lost[0].Problem.Error);
                Assert.Null(tail);
                Compare(pixels, expected);
            }
        }
    }

    /// <summary>Tile 5 is the second of the second row: 256 pixels wide and high.</summary>
    [Fact]
    public async Task TheTileInWhichAFileEnds_IsDecodedAsFarAsItCame()
    {
        List<int> offsets = FileSections.Offsets(s_file.Value, 'T');
        double before = 0;

        // Nothing can be drawn before all of z is there (16 to 20 % of this tile), and from 55 to 75 % come rows below the ones compared.
        foreach (double share in (double[])[0, 0.25, 0.35, 0.5, 0.9])
        {
            int length = (int)((offsets[6] - offsets[5]) * share);
            (byte[] pixels, IReadOnlyList<VaeLostTile> lost, _) = await DecodeAsync(s_file.Value[..(offsets[5] + length)]);
            Assert.Equal((1, 1), (lost[0].Column, lost[0].Row));
            double psnr = TestPicture.Psnr(Inside(s_whole.Value), Inside(pixels));
            Assert.True(psnr > before + 1, $"With {share:P0} of its bytes the tile is {psnr:F1} dB from the sound one, with less it was {before:F1}.");
            before = psnr;
        }

        Assert.True(before > 40, $"With nearly all of its bytes the tile is {before:F1} dB from the sound one.");
    }

    [Fact]
    public async Task DamageBehindTheTiles_LosesNothing()
    {
        byte[] file = s_file.Value[..^6];
        (byte[] pixels, IReadOnlyList<VaeLostTile> lost, VaeException? tail) = await DecodeAsync(file);
        Assert.Equal(s_whole.Value, pixels);
        Assert.Empty(lost);
        Assert.Equal(VaeError.Truncated, tail!.Error);
    }

    [Fact]
    public async Task WhereNothingIsIntact_TheDamageIsThrown()
    {
        byte[] file = [.. s_file.Value];
        List<int> offsets = FileSections.Offsets(file, 'T');
        await Assert.ThrowsAsync<VaeFormatException>(() => DecodeAsync(file[..(offsets[0] + 30)]));
        await Assert.ThrowsAsync<VaeFormatException>(() => DecodeAsync(file[..40]));
        foreach (int offset in offsets)
        {
            file[offset + 25] ^= 64;
        }

        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => DecodeAsync(file));
        Assert.Equal(VaeError.ChecksumMismatch, exception.Error);

        // Whoever asked for parts must not think that it went unheard.
        Assert.Contains("no part of the picture", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheResultDoesNotDependOnThreads()
    {
        byte[] file = [.. s_file.Value];
        file[FileSections.Offsets(file, 'T')[6] + 25] ^= 64;
        (byte[] one, _, _) = await DecodeAsync(file, 1);
        (byte[] three, _, _) = await DecodeAsync(file, 3);
        Assert.Equal(one, three);
    }

    private static async Task<(byte[] Pixels, IReadOnlyList<VaeLostTile> Lost, VaeException? Tail)> DecodeAsync(byte[] file, int threads = 0)
    {
        PipeReader reader = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(file));
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(reader, new VaeDecoderOptions { AllowPartial = true, Threads = threads });
        MemoryRowSink sink = new();
        await decoder.CopyToAsync(sink);
        return (sink.Pixels, decoder.LostTiles, decoder.TailProblem);
    }

    /// <summary>The pixels of tile 5, far enough from its edges that its neighbours, lost too, do not matter much.</summary>
    private static byte[] Inside(byte[] pixels) => [.. Enumerable.Range(Tile + 40, 120).SelectMany(y => pixels.AsSpan((y * s_picture.RowBytes) + ((Tile + 40) * 3), 120 * 3).ToArray())];

    /// <summary>Demands that pixels far from lost tiles are right: to the last rounding beyond what the synthesis sees, exactly beyond the coupling.</summary>
    /// <returns>How many pixels lie beyond what the synthesis sees, how many of them differ, and how many of the others.</returns>
    private static (int Far, int Rounded, int Changed) Compare(byte[] pixels, int[] lost)
    {
        (int far, int rounded, int changed) = (0, 0, 0);
        for (int y = 0; y < s_picture.Height; y++)
        {
            for (int x = 0; x < s_picture.Width; x++)
            {
                int distance = lost.Min(tile => Math.Max(Distance(x, tile % Columns), Distance(y, tile / Columns)));
                int start = (y * s_picture.RowBytes) + (3 * x);
                int difference = Enumerable.Range(start, 3).Max(i => Math.Abs(pixels[i] - s_whole.Value[i]));
                Assert.True(distance < Sight || difference <= (distance < Coupling ? 1 : 0), $"{x},{y}, {distance} pixels from damage, differs by {difference}.");
                far += distance < Sight ? 0 : 1;
                rounded += distance < Sight || difference == 0 ? 0 : 1;
                changed += distance < Sight && difference > 0 ? 1 : 0;
            }
        }

        return (far, rounded, changed);
    }

    private static int Distance(int at, int tile) => Math.Max(0, Math.Max((tile * Tile) - at, at - (((tile + 1) * Tile) - 1)));
}
