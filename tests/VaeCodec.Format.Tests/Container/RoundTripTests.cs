using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 256 },
        { 2, 256, 256, 256 },
        { 3, 257, 256, 256 },
        { 4, 512, 512, 256 },
        { 5, 513, 512, 256 },
        { 6, 70000, 1, 512 },
        { 7, 1, 70000, 4096 },
        { 8, 3000, 2000, 320 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task WholeArray(int seed, int width, int height, int tileSize)
    {
        SampleFile sample = SampleFile.Create(seed, width, height, tileSize);
        byte[] file = await sample.ToBytesAsync();
        await sample.AssertReadsAsync(PipeReader.Create(new(file)));
        await sample.AssertReadsAsync(PipeReader.Create(new MemoryStream(file), new StreamPipeReaderOptions(bufferSize: 16, minimumReadSize: 1)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Dribbled(int seed, int width, int height, int tileSize)
    {
        SampleFile sample = SampleFile.Create(seed, width, height, tileSize);
        byte[] file = await sample.ToBytesAsync();
        foreach (int step in new[] { 1, 7, 100 })
        {
            await sample.AssertReadsAsync(new DribblingPipeReader(file, step));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 64)]
    [InlineData(256, 1000)]
    public async Task ThroughASmallPipe(int segment, int pause)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            SampleFile sample = SampleFile.Create(seed, random.Next(1, 2000), random.Next(1, 2000), 64 * random.Next(4, 9), 3000);
            Pipe pipe = new(new PipeOptions(minimumSegmentSize: segment, pauseWriterThreshold: pause, resumeWriterThreshold: Math.Max(1, pause / 2)));
            Task writing = Task.Run(async () =>
            {
                await sample.WriteAsync(pipe.Writer);
                await pipe.Writer.CompleteAsync();
            });
            await sample.AssertReadsAsync(pipe.Reader).WaitAsync(TimeSpan.FromSeconds(60));
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    [Fact]
    public async Task ATileLargerThanThePauseThresholdDoesNotDeadlock()
    {
        SampleFile sample = SampleFile.Create(11, 512, 400, 512) with { Tiles = [new SampleTile(0, 0, 7, new byte[3_000_000])] };
        new Random(3).NextBytes(sample.Tiles[0].CodedBytes);
        Pipe pipe = new();
        Task writing = Task.Run(async () =>
        {
            await sample.WriteAsync(pipe.Writer);
            await pipe.Writer.CompleteAsync();
        });
        await sample.AssertReadsAsync(pipe.Reader).WaitAsync(TimeSpan.FromSeconds(60));
        await writing;
    }

    [Fact]
    public async Task CountsAgreeWithTheFile()
    {
        SampleFile sample = SampleFile.Create(12, 1300, 700);
        byte[] file = await sample.ToBytesAsync();
        ContainerReader reader = new(PipeReader.Create(new(file)));
        await reader.ReadHeaderAsync();
        await reader.ReadMetadataAsync();
        while (await reader.ReadTileAsync() is { } tile)
        {
            Assert.Equal((byte)'T', file[tile.Offset]);
            tile.Dispose();
            Assert.Throws<ObjectDisposedException>(() => tile.CodedBytes);
        }

        Assert.Equal(file.Length, reader.BytesRead);
        Assert.Equal(18, reader.TilesRead);
        Assert.Equal((byte)'Z', file[^24]);
        Assert.Equal((byte)'N', file[BitConverter.ToInt64(file, file.Length - 16)]);
    }
}
