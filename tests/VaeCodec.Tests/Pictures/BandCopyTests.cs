using System.IO.Pipelines;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Pictures;

/// <summary>Decoding into sinks: with two threads the next band is decoded while the sink takes one, and nothing of that shows.</summary>
public class BandCopyTests
{
    private static readonly (PictureDescription Picture, byte[] Pixels) s_picture = TestPicture.Create(300, 900);
    private static readonly byte[] s_file = VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, SmallModel.Encoding());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ASlowSink_GetsWhatBandsGive(int threads)
    {
        await using VaeDecoder bands = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding() with { Threads = 1 });
        List<byte> expected = [];
        while (await bands.ReadBandAsync() is { } band)
        {
            expected.AddRange(band.Rows.Span);
        }

        SlowSink sink = new();
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding() with { Threads = threads });
        await decoder.CopyToAsync(sink);
        Assert.Equal(expected, sink.Rows);
        Assert.True(sink.Ended);
    }

    [Fact]
    public async Task TheNextBand_IsDecodedWhileTheSinkTakesOne()
    {
        // With one thread: for each band the rows that had to be there for it.
        int done = 0;
        List<int> needed = [];
        await CopyAsync(1, rows => done = rows, () =>
        {
            needed.Add(done);
            return Task.CompletedTask;
        });
        Assert.True(needed.Distinct().Count() > 2);

        // With two the sink goes on only when those of the next band are there.
        int call = done = 0;
        SemaphoreSlim changed = new(0);
        await CopyAsync(
            2,
            rows =>
            {
                Volatile.Write(ref done, rows);
                changed.Release();
            },
            async () =>
            {
                for (int next = ++call < needed.Count ? needed[call] : 0; Volatile.Read(ref done) < next;)
                {
                    Assert.True(await changed.WaitAsync(TimeSpan.FromSeconds(60)));
                }
            });
    }

    [Fact]
    public async Task ASinkThatFails_EndsADecodeThatWaitsForItsInput()
    {
        // All but the last kilobyte: the decode ahead waits for what never comes.
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(s_file.AsMemory(0, s_file.Length - 1000));
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(pipe.Reader, SmallModel.Decoding() with { Threads = 2 });
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => decoder.CopyToAsync(new ThrowingSink(300)).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    /// <summary>The token of an exception is the caller's, also where the decode that it ends has one of its own.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ACancelledCopy_NamesTheCallersToken(int threads)
    {
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(s_file.AsMemory(0, s_file.Length - 1000));
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(pipe.Reader, SmallModel.Decoding() with { Threads = threads });
        using CancellationTokenSource cancel = new();
        int bands = 0;
        Task copy = decoder.CopyToAsync(
            new SlowSink(() =>
            {
                // What is decoded behind this one waits for what never comes.
                if (++bands == 2)
                {
                    cancel.CancelAfter(100);
                }
            }),
            cancel.Token);
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(cancel.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task LostTiles_CanBeAskedForFromTheSink()
    {
        byte[] damaged = [.. s_file];
        damaged[FileSections.Offsets(s_file, 'T')[2] + 30] ^= 1;
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(damaged), SmallModel.Decoding() with { Threads = 2, AllowPartial = true });
        SlowSink sink = new(() => Assert.InRange(decoder.LostTiles.Count(tile => tile.Row < 4), 0, 1));
        await decoder.CopyToAsync(sink);
        Assert.Single(decoder.LostTiles);
    }

    private static async Task CopyAsync(int threads, Action<int> progress, Func<Task> during)
    {
        VaeDecoderOptions options = SmallModel.Decoding() with { Threads = threads, Progress = new RecordedProgress(report => progress(report.RowsDone)) };
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), options);
        await decoder.CopyToAsync(new SlowSink(during));
    }

    private sealed class SlowSink(Func<Task> during) : IRowSink
    {
        public SlowSink(Action? during = null)
            : this(async () =>
            {
                during?.Invoke();
                await Task.Delay(5);
            })
        {
        }

        public List<byte> Rows { get; } = [];

        public bool Ended { get; private set; }

        public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
        {
            await during();
            Rows.AddRange(rows.Span);
        }

        public ValueTask EndAsync(CancellationToken cancellationToken)
        {
            Ended = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class ThrowingSink(int row) : IRowSink
    {
        private int _rows;

        public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
        {
            await Task.Delay(200, cancellationToken);
            _rows += rowCount;
            if (_rows > row)
            {
                throw new InvalidTimeZoneException();
            }
        }

        public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
