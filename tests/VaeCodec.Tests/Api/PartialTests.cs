using System.IO.Pipelines;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

/// <summary>What is intact of damaged files.</summary>
public class PartialTests
{
    private const int Tile = 256, Columns = 4, Rows = 3;

    /// <summary>The standard model's synthesis sees 92 pixels around.</summary>
    private const int Sight = 96;

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
    public async Task FarFromLostTiles_EveryPixelIsThatOfTheSoundFile(int[] damaged)
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
        (int same, int changed) = Compare(pixels, damaged);
        Assert.True(changed > 0);
        Assert.True(damaged.Length > 4 || same > 100_000, $"Only {same} pixels are far from damage.");
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

    /// <summary>Demands that pixels far from lost tiles are right.</summary>
    /// <returns>How many pixels were far, and how many of the others differ.</returns>
    private static (int Same, int Changed) Compare(byte[] pixels, int[] lost)
    {
        int same = 0, changed = 0;
        for (int y = 0; y < s_picture.Height; y++)
        {
            for (int x = 0; x < s_picture.Width; x++)
            {
                bool near = lost.Any(tile => Distance(x, tile % Columns) < Sight && Distance(y, tile / Columns) < Sight);
                ReadOnlySpan<byte> one = pixels.AsSpan((y * s_picture.RowBytes) + (3 * x), 3), other = s_whole.Value.AsSpan((y * s_picture.RowBytes) + (3 * x), 3);
                bool equal = one.SequenceEqual(other);
                Assert.True(near || equal, $"{x},{y} differs.");
                same += near ? 0 : 1;
                changed += equal ? 0 : 1;
            }
        }

        return (same, changed);
    }

    private static int Distance(int at, int tile) => Math.Max(0, Math.Max((tile * Tile) - at, at - (((tile + 1) * Tile) - 1)));
}
