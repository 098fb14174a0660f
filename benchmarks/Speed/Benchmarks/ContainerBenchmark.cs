using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using VaeCodec.Format;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>The container alone: 64 tiles of 64 KiB of random bytes written to memory and read again, checksums included.</summary>
public class ContainerBenchmark
{
    private const int Columns = 8, TileBytes = 1 << 16, TileSize = 512;
    private readonly MemoryStream _file = new();
    private readonly byte[] _tile = new byte[TileBytes];

    [GlobalSetup]
    public async Task Setup()
    {
        new Random(1).NextBytes(_tile);
        await WriteContainer();
    }

    [Benchmark]
    [Work(Columns * Columns * TileBytes / 1e6, "MB")]
    public async Task WriteContainer()
    {
        _file.SetLength(0);
        PipeWriter pipe = PipeWriter.Create(_file, new StreamPipeWriterOptions(leaveOpen: true));
        ContainerWriter writer = new(pipe);
        await writer.WriteHeaderAsync(new ContainerHeader
        {
            Width = Columns * TileSize,
            Height = Columns * TileSize,
            Layout = PixelLayout.Rgb24,
            Quality = 50,
            TileSize = TileSize,
            ModelIdentity = VaeModel.Standard.Sha256,
            ModelName = "speed",
        });
        for (int i = 0; i < Columns * Columns; i++)
        {
            await writer.WriteTileAsync(i % Columns, i / Columns, (uint)i, _tile);
        }

        await writer.FinishAsync();
        await pipe.CompleteAsync();
    }

    [Benchmark]
    [Work(Columns * Columns * TileBytes / 1e6, "MB")]
    public async Task<long> ReadContainer()
    {
        _file.Position = 0;
        PipeReader pipe = PipeReader.Create(_file, new StreamPipeReaderOptions(leaveOpen: true));
        ContainerReader reader = new(pipe);
        await reader.ReadHeaderAsync();
        await reader.ReadMetadataAsync();
        while (await reader.ReadTileAsync() is { } tile)
        {
            tile.Dispose();
        }

        await pipe.CompleteAsync();
        return reader.BytesRead;
    }
}
