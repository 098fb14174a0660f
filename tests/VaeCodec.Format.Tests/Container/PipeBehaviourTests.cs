using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

/// <summary>The known traps of pipelines: cancellation, failures on the other side, completion, order of calls.</summary>
public sealed class PipeBehaviourTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task TokenCancelsAWaitingRead()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(RawFile.Preamble());
        using CancellationTokenSource source = new();
        ContainerReader reader = new(pipe.Reader);
        Task reading = reader.ReadHeaderAsync(source.Token).AsTask();
        Assert.False(reading.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
        Assert.False(reader.CanContinue);
    }

    [Fact]
    public async Task CancelPendingReadCancels()
    {
        Pipe pipe = new();
        ContainerReader reader = new(pipe.Reader);
        Task reading = reader.ReadHeaderAsync().AsTask();
        pipe.Reader.CancelPendingRead();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));

        // The buffer was handed back: the pipe can still be read.
        await pipe.Writer.WriteAsync(new byte[] { 1 });
        Assert.Equal(1, (await pipe.Reader.ReadAsync()).Buffer.Length);
    }

    [Fact]
    public async Task FailureOfTheOtherSideIsPassedOn()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(RawFile.Preamble());
        await pipe.Writer.CompleteAsync(new IOException("the line went dead"));
        IOException exception = await Assert.ThrowsAsync<IOException>(() => RawFile.ReadAllAsync(pipe.Reader).WaitAsync(Patience));
        Assert.Contains("dead", exception.Message);
    }

    [Fact]
    public async Task TheReaderDoesNotCompleteItsInput()
    {
        SampleFile sample = SampleFile.Create(1);
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(await sample.ToBytesAsync());
        await pipe.Writer.CompleteAsync();
        await sample.AssertReadsAsync(pipe.Reader);
        Assert.True((await pipe.Reader.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task TheEndIsWaitedFor()
    {
        SampleFile sample = SampleFile.Create(1);
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(await sample.ToBytesAsync());
        Task reading = sample.AssertReadsAsync(pipe.Reader);
        await Task.Delay(20);
        Assert.False(reading.IsCompleted);
        await pipe.Writer.CompleteAsync();
        await reading.WaitAsync(Patience);
    }

    [Fact]
    public async Task AWriterWhoseReaderLeftStops()
    {
        Pipe pipe = new();
        await pipe.Reader.CompleteAsync();
        await Assert.ThrowsAsync<IOException>(() => SampleFile.Create(1).WriteAsync(pipe.Writer).WaitAsync(Patience));
    }

    /// <summary>A file so small that it has no index: all that is left is its end, which the reader did not wait for.</summary>
    [Fact]
    public async Task AWriterWhoseReaderLeftBeforeTheEndSaysSo()
    {
        Pipe pipe = new();
        SampleFile sample = SampleFile.Create(1, metadata: false);
        ContainerWriter writer = new(pipe.Writer);
        await writer.WriteHeaderAsync(sample.Header);
        foreach (SampleTile tile in sample.Tiles)
        {
            await writer.WriteTileAsync(tile.Column, tile.Row, tile.SymbolChecksum, tile.CodedBytes);
        }

        await pipe.Reader.CompleteAsync();
        await Assert.ThrowsAsync<IOException>(() => writer.FinishAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task CancelPendingFlushCancelsAndTheWriterStaysFailed()
    {
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 32));
        SampleFile sample = SampleFile.Create(1);
        ContainerWriter writer = new(pipe.Writer);
        Task writing = writer.WriteHeaderAsync(sample.Header).AsTask();
        Assert.False(writing.IsCompleted);
        pipe.Writer.CancelPendingFlush();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.WriteMetadataAsync(MetadataKind.Exif, new byte[1]));
    }

    [Fact]
    public async Task LargeTilesHoldUpTheWriter()
    {
        Pipe pipe = new();
        ContainerWriter writer = new(pipe.Writer);
        SampleFile sample = SampleFile.Create(1, 2000, 1000, 4096, metadata: false);
        await writer.WriteHeaderAsync(sample.Header);
        Task writing = writer.WriteTileAsync(0, 0, 0, new byte[10_000_000]).AsTask();
        await Task.Delay(20);
        Assert.False(writing.IsCompleted);
        Assert.InRange(writer.BytesWritten, 64 * 1024, 128 * 1024);
        await pipe.Reader.CompleteAsync();
        await Assert.ThrowsAsync<IOException>(() => writing.WaitAsync(Patience));
    }

    [Fact]
    public async Task WriterCallsOutOfOrderAreTheCallersFault()
    {
        SampleFile sample = SampleFile.Create(1, metadata: false);
        ContainerWriter writer = new(PipeWriter.Create(Stream.Null));
        await RefuseAsync(() => writer.WriteTileAsync(0, 0, 0, new byte[1]));
        await RefuseAsync(() => writer.WriteMetadataAsync(MetadataKind.Exif, new byte[1]));
        await RefuseAsync(() => writer.FinishAsync());
        await writer.WriteHeaderAsync(sample.Header);
        await RefuseAsync(() => writer.WriteHeaderAsync(sample.Header));
        await RefuseAsync(() => writer.FinishAsync());
        await writer.WriteMetadataAsync(MetadataKind.Exif, new byte[1]);
        await RefuseAsync(() => writer.WriteMetadataAsync(MetadataKind.Exif, new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteMetadataAsync(MetadataKind.Xmp, default));
        await RefuseAsync(() => writer.WriteTileAsync(1, 0, 0, new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteTileAsync(0, 0, 0, default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteTileAsync(0, 0, 0, new byte[57 + (16 * 65536)]));
        await writer.WriteTileAsync(0, 0, 0, new byte[56 + (16 * 65536)]);
        await RefuseAsync(() => writer.WriteTileAsync(0, 0, 0, new byte[1]));
        await RefuseAsync(() => writer.WriteMetadataAsync(MetadataKind.Xmp, new byte[1]));
        await RefuseAsync(() => writer.FinishAsync());
        await writer.WriteTileAsync(1, 0, 0, new byte[1]);
        await RefuseAsync(() => writer.WriteTileAsync(0, 1, 0, new byte[1]));
        await writer.FinishAsync();
        await RefuseAsync(() => writer.FinishAsync());
    }

    [Fact]
    public async Task ReaderCallsOutOfOrderAreTheCallersFault()
    {
        byte[] file = await SampleFile.Create(1).ToBytesAsync();
        ContainerReader reader = new(PipeReader.Create(new(file)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadMetadataAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadTileAsync());
        await reader.ReadHeaderAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadHeaderAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadTileAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.SkipTileAsync());
        await reader.ReadMetadataAsync();
        using TileSection? tile = await reader.ReadTileAsync();
        Assert.NotNull(tile);
        await reader.SkipTileAsync();

        // Of two tiles; the end is still to be read.
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.SkipTileAsync());
        Assert.Null(await reader.ReadTileAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.SkipTileAsync());
    }

    private static async Task RefuseAsync(Func<ValueTask> call) => await Assert.ThrowsAsync<InvalidOperationException>(async () => await call());
}
