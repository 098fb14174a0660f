using System.IO.Pipelines;

namespace VaeCodec.Tool.Tests;

public class AttributedStreamTests
{
    [Fact]
    public async Task AReadThatBlocksCanBeCancelled()
    {
        var pipe = new Pipe();
        await using var stream = new AttributedStream(new UncancellableStream(pipe.Reader.AsStream()), "in");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadExactlyAsync(new byte[4], stop.Token));
        await pipe.Writer.CompleteAsync();
    }

    [UnixFact]
    public async Task ErrorsNameTheFile()
    {
        await using var stream = new AttributedStream(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), "out.vae");
        FileFailureException failure = await Assert.ThrowsAsync<FileFailureException>(async () => await stream.WriteAsync(new byte[4]));
        Assert.Equal("out.vae", failure.FileName);
        Assert.False(failure.IsBrokenPipe);
    }

    /// <summary>Ignores tokens, as a read of a pipe by the system does.</summary>
    private sealed class UncancellableStream(Stream inner) : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => inner.ReadAsync(buffer, CancellationToken.None);
    }
}
