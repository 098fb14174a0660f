using System.Buffers;
using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

/// <summary>Alone, because what is counted is what the whole process allocates.</summary>
[Collection(nameof(AloneCollection))]
public class VerificationMemoryTests
{
    /// <summary>A header that announces 400 MB of samples, a damaged tile, and nothing more: no row of tiles has come.</summary>
    [Fact]
    public async Task AHeaderAlone_TakesNoMemory()
    {
        Pipe pipe = new();
        ContainerWriter writer = new(pipe.Writer);
        await writer.WriteHeaderAsync(new ContainerHeader { Width = 1 << 17, Height = 1024, Layout = PixelLayout.Rgb24, Quality = 100, TileSize = 1024, Lossless = true, ModelIdentity = default, ModelName = ContainerHeader.LosslessName });
        await writer.WriteTileAsync(0, 0, 0, new byte[] { 1, 2, 3 });
        await pipe.Writer.CompleteAsync();
        byte[] file = (await pipe.Reader.ReadAsync()).Buffer.ToArray();
        file[^5] ^= 1;
        long before = GC.GetTotalAllocatedBytes(true);
        VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file), new VaeDecoderOptions { Threads = 1 });
        Assert.InRange(GC.GetTotalAllocatedBytes(true) - before, 0, 100 << 20);
        Assert.Equal([VaeError.ChecksumMismatch, VaeError.Truncated], verification.Problems.Select(problem => problem.Error));
    }
}
