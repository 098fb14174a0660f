using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

public class InterruptionTests
{
    private static readonly (PictureDescription Picture, byte[] Pixels) s_picture = TestPicture.Create(260, 800);
    private static readonly byte[] s_file = VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, SmallModel.Encoding());

    [Fact]
    public async Task ACancelledToken_StopsBeforeAnything()
    {
        CancellationToken cancelled = new(true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VaeEncoder.EncodeAsync(new MemoryRowSource(s_picture.Picture, s_picture.Pixels), new MemoryStream(), SmallModel.Encoding(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding(), cancelled));
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await decoder.ReadBandAsync(cancelled));
    }

    [Fact]
    public async Task CancellingInTheMiddle_StopsAfterTheRowOfTiles()
    {
        using CancellationTokenSource encodeSource = new(), decodeSource = new();
        RecordedProgress encoding = new(_ => encodeSource.Cancel()), decoding = new(_ => decodeSource.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => VaeEncoder.EncodeAsync(new MemoryRowSource(s_picture.Picture, s_picture.Pixels), new MemoryStream(), SmallModel.Encoding() with { Progress = encoding }, encodeSource.Token));
        Assert.Single(encoding.Reports);
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding() with { Progress = decoding });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => decoder.CopyToAsync(new MemoryRowSink(), decodeSource.Token));
        Assert.Single(decoding.Reports);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(700)]
    public async Task ASourceThatFails_PassesItsExceptionOn(int row)
    {
        FaultySource source = new(s_picture.Picture, row, new VaeFormatException(VaeError.Truncated, "The picture ends early."));
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => VaeEncoder.EncodeAsync(source, new MemoryStream(), SmallModel.Encoding()));
        Assert.Equal("The picture ends early.", exception.Message);
    }

    [Fact]
    public async Task WhatAFailedEncodeLeft_IsNoSoundFile()
    {
        using MemoryStream output = new();
        FaultySource source = new(s_picture.Picture, 700, new InvalidTimeZoneException());
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => VaeEncoder.EncodeAsync(source, output, SmallModel.Encoding()));
        Assert.ThrowsAny<VaeException>(() => VaeDecoder.Decode(output.ToArray(), SmallModel.Decoding()));
    }

    /// <summary>What a failed write left in the buffer is dropped. Flushed at the end, it would stand behind a gap.</summary>
    [Fact]
    public async Task AfterAWriteHasFailed_NothingMoreIsWritten()
    {
        using FailingOutput output = new(3);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => VaeEncoder.EncodeAsync(new MemoryRowSource(s_picture.Picture, s_picture.Pixels), output, SmallModel.Encoding()));
        Assert.Equal(3, output.Writes);
    }

    /// <summary>Two calls at a time would share buffers.</summary>
    [Fact]
    public async Task ASecondBandWhileOneIsDecoded_IsACallOutOfTurn()
    {
        using SlowStream stream = new(s_file);
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(stream, SmallModel.Decoding());
        byte[] expected = (await FirstBandAsync()).Rows.ToArray();
        stream.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<RowBand?> reading = Task.Run(async () => await decoder.ReadBandAsync());
        await stream.Held.Task.WaitAsync(TimeSpan.FromSeconds(30));
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await decoder.ReadBandAsync());
        Assert.Contains("one thing at a time", refused.Message, StringComparison.Ordinal);
        stream.Hold.SetResult();
        RowBand? band = await reading.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(expected, band!.Value.Rows.ToArray());
    }

    [Fact]
    public async Task AFailedDecoder_GivesNoMoreBands()
    {
        byte[] damaged = [.. s_file];
        damaged[200] ^= 1;
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(damaged), SmallModel.Decoding());
        await Assert.ThrowsAsync<VaeFormatException>(async () => await decoder.ReadBandAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await decoder.ReadBandAsync());
    }

    [Fact]
    public async Task CopyingAfterABand_IsACallOutOfTurn()
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding());
        Assert.NotNull(await decoder.ReadBandAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => decoder.CopyToAsync(new MemoryRowSink()));
    }

    [Fact]
    public async Task DisposingWhileABandIsDecoded_LetsItEnd()
    {
        const int Threads = 2;
        RowBand expected = await FirstBandAsync(Threads);
        TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim disposed = new();

        // Reported with the symbols of the first row of tiles decoded and none of its pixels computed.
        RecordedProgress progress = new(_ =>
        {
            working.TrySetResult();
            disposed.Wait(TimeSpan.FromSeconds(30));
        });
        VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding() with { Threads = Threads, Progress = progress });
        Task<RowBand?> reading = Task.Run(async () => await decoder.ReadBandAsync());
        await working.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await decoder.DisposeAsync();
        Assert.False(reading.IsCompleted);
        disposed.Set();
        RowBand? band = await reading.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((expected.FirstRow, expected.RowCount), (band!.Value.FirstRow, band.Value.RowCount));
        Assert.Equal(expected.Rows.ToArray(), band.Value.Rows.ToArray());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await decoder.ReadBandAsync());
    }

    /// <summary>The pipe over the stream belongs to the decoder, and its buffers to whoever is still reading into them.</summary>
    [Fact]
    public async Task DisposingWhileTheStreamIsRead_LetsTheReadEnd()
    {
        using SlowStream stream = new(s_file);
        VaeDecoder decoder = await VaeDecoder.OpenAsync(stream, SmallModel.Decoding());
        byte[] expected = (await FirstBandAsync()).Rows.ToArray();
        stream.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<RowBand?> reading = Task.Run(async () => await decoder.ReadBandAsync());
        await stream.Held.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await decoder.DisposeAsync();
        Assert.False(reading.IsCompleted);
        stream.Hold.SetResult();
        RowBand? band = await reading.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(expected, band!.Value.Rows.ToArray());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await decoder.ReadBandAsync());
    }

    [Fact]
    public async Task MetadataAboveTheLimit_AreRefusedBeforeAByteIsWritten()
    {
        PictureDescription picture = s_picture.Picture with { Metadata = new PictureMetadata { IccProfile = new byte[200] } };
        using MemoryStream output = new();
        VaeEncoderOptions options = SmallModel.Encoding() with { Limits = new VaeLimits { MaxIccProfileBytes = 199 } };
        VaeLimitException exception = await Assert.ThrowsAsync<VaeLimitException>(() => VaeEncoder.EncodeAsync(new MemoryRowSource(picture, s_picture.Pixels), output, options));
        Assert.Contains("MaxIccProfileBytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task ADecoder_CanBeDisposedAtAnyTime_AndTwice()
    {
        for (int bands = 0; bands < 12; bands++)
        {
            VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding());
            for (int i = 0; i < bands; i++)
            {
                await decoder.ReadBandAsync();
            }

            await decoder.DisposeAsync();
            await decoder.DisposeAsync();
        }
    }

    [Fact]
    public async Task ASinkThatFails_PassesItsExceptionOn_AndIsNotEnded()
    {
        FailingSink sink = new();
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding());
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => decoder.CopyToAsync(sink));
        Assert.False(sink.Ended);
    }

    [Fact]
    public async Task ADamagedEnd_LeavesTheSinkUnended()
    {
        MemoryRowSink sink = new();
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file[..^1]), SmallModel.Decoding());
        await Assert.ThrowsAsync<VaeFormatException>(() => decoder.CopyToAsync(sink));
        Assert.Equal(800, sink.RowsWritten);
        Assert.Equal(VaeDecoder.Decode(s_file, SmallModel.Decoding()).Pixels, sink.Pixels);
    }

    private static async Task<RowBand> FirstBandAsync(int threads = 0)
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding() with { Threads = threads });
        return (await decoder.ReadBandAsync())!.Value;
    }

    /// <summary>Takes some writes, fails at one, and would take more.</summary>
    private sealed class FailingOutput(int failing) : MemoryStream
    {
        public int Writes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            => ++Writes == failing ? throw new InvalidTimeZoneException() : ValueTask.CompletedTask;
    }

    private sealed class FailingSink : IRowSink
    {
        public bool Ended { get; private set; }

        public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken) => throw new InvalidTimeZoneException();

        public ValueTask EndAsync(CancellationToken cancellationToken)
        {
            Ended = true;
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Gives a hundred bytes at a time; while there is something to wait for, reads wait for it.</summary>
    private sealed class SlowStream(byte[] file) : Stream
    {
        private readonly MemoryStream _file = new(file, false);

        public TaskCompletionSource? Hold { get; set; }

        public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Hold is { } hold)
            {
                Held.TrySetResult();
                await hold.Task.WaitAsync(cancellationToken);
            }

            return _file.Read(buffer.Span[..Math.Min(100, buffer.Length)]);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
