using System.Buffers;
using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

public class VerificationTests
{
    private static readonly PictureDescription s_picture = new(1200, 800, PixelLayout.Rgb24);
    private static readonly Lazy<byte[]> s_file = new(() => VaeEncoder.Encode(s_picture, TestPicture.Pixels(s_picture, 3), SmallModel.Encoding(60, 256)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task ASoundFile_IsSound_WithAnyNumberOfThreads(int threads)
    {
        VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(s_file.Value), SmallModel.Decoding() with { Threads = threads });
        Assert.True(verification.IsSound);
        Assert.True(verification.SymbolsDecoded);
        Assert.Equal((20, 20, s_file.Value.Length), (verification.TileCount, verification.IntactTiles, (int)verification.FileBytes));
        Assert.Equal(1200, verification.Info!.Picture.Width);
    }

    [Fact]
    public async Task EveryDamagedTile_IsFound_InTheOrderOfTheFile()
    {
        byte[] file = [.. s_file.Value];
        int[] damaged = [2, 7, 8, 19];
        List<int> offsets = FileSections.Offsets(file, 'T');
        foreach (int tile in damaged)
        {
            file[offsets[tile] + 40] ^= 4;
        }

        foreach (int threads in (int[])[1, 4])
        {
            VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file), SmallModel.Decoding() with { Threads = threads });
            Assert.Equal(16, verification.IntactTiles);
            Assert.Equal(damaged.Select(tile => $"Tile of column {tile % 5}, row {tile / 5}: "), verification.Problems.Select(problem => problem.Message[..(problem.Message.IndexOf(':', StringComparison.Ordinal) + 2)]));
            Assert.All(verification.Problems, problem => Assert.Equal(VaeError.ChecksumMismatch, problem.Error));
        }
    }

    /// <summary>A picture of a pixel's width has its many tiles at no cost.</summary>
    [Fact]
    public async Task OfManyDamagedTiles_TheFirstAreNamed()
    {
        const int Tiles = VaeVerification.MaxProblems + 5;
        PictureDescription picture = new(1, 256 * Tiles, PixelLayout.Gray8);
        byte[] file = VaeEncoder.Encode(picture, TestPicture.Pixels(picture, 3), new VaeEncoderOptions { Lossless = true, TileSize = 256 });
        List<int> offsets = FileSections.Offsets(file, 'T');
        Assert.Equal(Tiles, offsets.Count);
        foreach (int offset in offsets)
        {
            // The first coded byte, behind the frame and the fields of the tile.
            file[offset + 8 + 8] ^= 4;
        }

        VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file));
        Assert.Equal((Tiles, 0, file.Length), (verification.TileCount, verification.IntactTiles, (int)verification.FileBytes));
        Assert.Equal(VaeVerification.MaxProblems, verification.Problems.Count);
        Assert.StartsWith("Tile of column 0, row 0: ", verification.Problems[0].Message, StringComparison.Ordinal);
        Assert.StartsWith($"Tile of column 0, row {VaeVerification.MaxProblems - 1}: ", verification.Problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoPrefixIsSound_AndTilesBeforeTheCutAreCounted()
    {
        byte[] file = s_file.Value;
        List<int> offsets = FileSections.Offsets(file, 'T');
        for (int length = 0; length < file.Length; length += length < 300 ? 1 : 997)
        {
            VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file, 0, length), SmallModel.Decoding() with { Threads = 2 });
            Assert.False(verification.IsSound);
            int whole = offsets.Skip(1).Append(int.MaxValue).Count(next => next <= length);
            Assert.InRange(verification.IntactTiles, whole, whole + 1);
        }
    }

    [Fact]
    public async Task WithoutItsModel_ChecksumsAreCheckedAllTheSame()
    {
        VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(s_file.Value));
        Assert.Equal(VaeError.ModelMissing, Assert.Single(verification.Problems).Error);
        Assert.False(verification.SymbolsDecoded);
        Assert.Equal(20, verification.IntactTiles);

        byte[] file = [.. s_file.Value];
        file[FileSections.Offsets(file, 'T')[3] + 30] ^= 1;
        verification = await VaeVerifier.VerifyAsync(new MemoryStream(file));
        Assert.Equal([VaeError.ModelMissing, VaeError.ChecksumMismatch], verification.Problems.Select(problem => problem.Error));
        Assert.Equal(19, verification.IntactTiles);
    }

    [Fact]
    public async Task Limits_AreProblems_NotExceptions()
    {
        foreach (VaeLimits limits in (VaeLimits[])[new() { MaxPixels = 1000 }, new() { MaxMemoryBytes = 1000 }])
        {
            VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(s_file.Value), SmallModel.Decoding() with { Limits = limits });
            Assert.Contains(verification.Problems, problem => problem.Error == VaeError.LimitExceeded);
        }
    }

    /// <summary>A tile of many more bytes than its samples: the format allows it, and memory does not.</summary>
    [Fact]
    public async Task CodedTiles_HaveTheRoomThatADecoderHasForThem()
    {
        PictureDescription picture = new(2048, 1024, PixelLayout.Gray8);
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));
        ContainerWriter writer = new(pipe.Writer);
        await writer.WriteHeaderAsync(new ContainerHeader { Width = picture.Width, Height = picture.Height, Layout = picture.Layout, Quality = 100, TileSize = 1024, Lossless = true, ModelIdentity = default, ModelName = ContainerHeader.LosslessName });
        await writer.WriteTileAsync(0, 0, 0, new byte[1 << 20]);
        await writer.WriteTileAsync(1, 0, 0, new byte[12 << 20]);
        await pipe.Writer.CompleteAsync();
        byte[] file = (await pipe.Reader.ReadAsync()).Buffer.ToArray();
        long least = Enumerable.Range(1, 4096).Select(megabytes => (long)megabytes << 20).First(bytes => Fits(bytes));
        VaeDecoderOptions options = new() { Threads = 1, Limits = new VaeLimits { MaxMemoryBytes = least + (2 << 20) } };
        Assert.Equal(VaeError.LimitExceeded, Assert.Throws<VaeLimitException>(() => VaeDecoder.Decode(file, options)).Error);
        Assert.Contains(VaeError.LimitExceeded, (await VaeVerifier.VerifyAsync(new MemoryStream(file), options)).Problems.Select(problem => problem.Error));

        bool Fits(long bytes)
        {
            try
            {
                CodecMemory.PlanLossless(picture, 1024, 1, new VaeLimits { MaxMemoryBytes = bytes });
                return true;
            }
            catch (VaeLimitException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Cancellation_AndWrongArguments_Throw()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VaeVerifier.VerifyAsync(new MemoryStream(s_file.Value), SmallModel.Decoding(), cancelled.Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => VaeVerifier.VerifyAsync(new MemoryStream(s_file.Value), SmallModel.Decoding() with { Threads = -1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => VaeVerifier.VerifyAsync(new MemoryStream(s_file.Value), SmallModel.Decoding() with { Threads = 1025 }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => VaeVerifier.VerifyAsync((PipeReader)null!));
    }
}
