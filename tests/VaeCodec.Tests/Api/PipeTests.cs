using System.IO.Pipelines;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

public class PipeTests
{
    private static readonly (PictureDescription Picture, byte[] Pixels) s_picture = TestPicture.Create(280, 300);
    private static readonly byte[] s_file = VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, SmallModel.Encoding());

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Decoder_ReadsTinySegmentsFromASlowWriter(int chunk)
    {
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 16, minimumSegmentSize: 16, useSynchronizationContext: false));
        Task writing = WriteAsync(pipe.Writer, s_file, chunk);
        DecodedPicture decoded = await VaeDecoder.DecodeAsync(pipe.Reader, SmallModel.Decoding());
        await pipe.Reader.CompleteAsync();
        await writing;
        Assert.Equal(VaeDecoder.Decode(s_file, SmallModel.Decoding()).Pixels, decoded.Pixels);
    }

    [Fact]
    public async Task Encoder_WaitsForASlowReader()
    {
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50, minimumSegmentSize: 16, useSynchronizationContext: false));
        Task<byte[]> reading = ReadAsync(pipe.Reader, 37);
        VaeEncodeResult result = await VaeEncoder.EncodeAsync(new MemoryRowSource(s_picture.Picture, s_picture.Pixels), pipe.Writer, SmallModel.Encoding());
        await pipe.Writer.CompleteAsync();
        byte[] file = await reading;
        Assert.Equal(s_file, file);
        Assert.Equal(file.Length, result.FileBytes);
    }

    [Fact]
    public async Task EncoderAndDecoder_WorkOverOnePipe()
    {
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false));
        Task encoding = Task.Run(async () =>
        {
            await VaeEncoder.EncodeAsync(new MemoryRowSource(s_picture.Picture, s_picture.Pixels), pipe.Writer, SmallModel.Encoding());
            await pipe.Writer.CompleteAsync();
        });
        DecodedPicture decoded = await VaeDecoder.DecodeAsync(pipe.Reader, SmallModel.Decoding());
        await encoding;
        Assert.Equal(VaeDecoder.Decode(s_file, SmallModel.Decoding()).Pixels, decoded.Pixels);
    }

    [Fact]
    public async Task AWriterThatEndsEarly_GivesTruncated_AtEveryLength()
    {
        Random random = new(1);
        int[] lengths = [0, 1, 7, 8, 20, 63, s_file.Length - 1, s_file.Length - 4, .. Enumerable.Range(0, 25).Select(_ => random.Next(s_file.Length))];
        foreach (int length in lengths)
        {
            VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => VaeDecoder.DecodeAsync(PipeReader.Create(new MemoryStream(s_file[..length])), SmallModel.Decoding()));
            Assert.True(exception.Error == VaeError.Truncated, $"{length} bytes: {exception.Message}");
        }
    }

    [Fact]
    public async Task AWriterThatFails_PassesItsExceptionOn()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(s_file.AsMemory(0, 300));
        await pipe.Writer.CompleteAsync(new InvalidTimeZoneException("network"));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => VaeDecoder.DecodeAsync(pipe.Reader, SmallModel.Decoding()));
    }

    [Fact]
    public async Task AReaderThatStops_EndsTheEncode()
    {
        Pipe pipe = new();
        await pipe.Reader.CompleteAsync();
        await Assert.ThrowsAsync<IOException>(() => VaeEncoder.EncodeAsync(new MemoryRowSource(s_picture.Picture, s_picture.Pixels), pipe.Writer, SmallModel.Encoding()));
    }

    [Fact]
    public async Task BytesAfterTheEnd_AreRefused_ButThePixelsCameBefore()
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream([.. s_file, 0]), SmallModel.Decoding());
        int rows = 0;
        VaeException exception = await Assert.ThrowsAnyAsync<VaeException>(async () =>
        {
            while (await decoder.ReadBandAsync() is { } band)
            {
                rows += band.RowCount;
            }
        });
        Assert.Equal(VaeError.TrailingData, exception.Error);
        Assert.Equal(300, rows);
    }

    [Fact]
    public async Task WhatAFileSaysOfItself_IsTheSameFromAPipeAndFromAStream()
    {
        VaeImageInfo expected = await VaeImageInfo.ReadAsync(new MemoryStream(s_file));
        Assert.Equal((280, 300), (expected.Picture.Width, expected.Picture.Height));
        Assert.Equal(expected, await VaeImageInfo.ReadAsync(PipeReader.Create(new(s_file))));
        Assert.Equal(expected, await VaeImageInfo.ReadAsync(PipeReader.Create(new MemoryStream(s_file))));
    }

    [Fact]
    public async Task WhatACheckFinds_IsTheSameFromAPipeAndFromAStream()
    {
        byte[] damaged = [.. s_file];
        damaged[FileSections.Offsets(damaged, 'T')[0] + 40] ^= 4;
        VaeException[] none = [];
        foreach (byte[] file in (byte[][])[s_file, damaged, s_file[..^1], s_file[..20]])
        {
            VaeVerification expected = await VaeVerifier.VerifyAsync(new MemoryStream(file), SmallModel.Decoding());
            VaeVerification found = await VaeVerifier.VerifyAsync(PipeReader.Create(new(file)), SmallModel.Decoding());
            Assert.Equal(file == s_file, expected.IsSound);
            Assert.Equal(expected.Problems.Select(problem => (problem.Error, problem.Message)), found.Problems.Select(problem => (problem.Error, problem.Message)));
            Assert.Equal(expected with { Problems = none }, found with { Problems = none });
        }
    }

    private static async Task WriteAsync(PipeWriter writer, byte[] file, int chunk)
    {
        Random random = new(chunk);
        for (int position = 0; position < file.Length;)
        {
            int count = Math.Min(random.Next(1, chunk + 1), file.Length - position);
            await writer.WriteAsync(file.AsMemory(position, count));
            position += count;
            if (random.Next(50) == 0)
            {
                await Task.Yield();
            }
        }

        await writer.CompleteAsync();
    }

    private static async Task<byte[]> ReadAsync(PipeReader reader, int most)
    {
        using MemoryStream file = new();
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            System.Buffers.ReadOnlySequence<byte> part = result.Buffer.Slice(0, Math.Min(most, result.Buffer.Length));
            foreach (ReadOnlyMemory<byte> segment in part)
            {
                file.Write(segment.Span);
            }

            bool done = result.IsCompleted && part.Length == result.Buffer.Length;
            reader.AdvanceTo(part.End);
            if (done)
            {
                await reader.CompleteAsync();
                return file.ToArray();
            }

            await Task.Yield();
        }
    }
}
