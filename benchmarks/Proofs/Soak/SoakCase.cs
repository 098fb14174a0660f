using System.IO.Pipelines;

namespace VaeCodec.Proofs.Soak;

/// <summary>One picture, encoded into a pipe and decoded from one, with troubles drawn at random. The same number is the same case, but for timing.</summary>
internal sealed class SoakCase
{
    private static readonly PixelLayout[] s_layouts = Enum.GetValues<PixelLayout>();
    private static readonly Trouble[] s_troubles = Enum.GetValues<Trouble>();

    private readonly Random _random;
    private readonly PictureDescription _picture;
    private readonly VaeEncoderOptions _encoding;
    private readonly VaeDecoderOptions _decoding;
    private readonly Trouble _encodeTrouble;
    private readonly Trouble _decodeTrouble;

    /// <summary>Draws a case.</summary>
    public SoakCase(int number)
    {
        _random = new Random(number);
        PixelLayout layout = s_layouts[_random.Next(s_layouts.Length)];
        _picture = new PictureDescription(Side(), Side(), layout) { BitDepth = layout.BytesPerSample() == 1 ? 8 : _random.Next(9, 17) };
        _encoding = new VaeEncoderOptions
        {
            Quality = _random.Next(1, 101),
            Lossless = _random.Next(4) == 0,
            MaxError = _random.Next(8) == 0 ? 1 : 0,
            AlphaQuality = _random.Next(3) == 0 ? 70 : 100,
            Effort = _random.Next(20) == 0 ? 3 : _random.Next(1, 3),
            TileSize = 256 * _random.Next(1, 3),
            Threads = _random.Next(1, 4),
        };
        if (_encoding.Lossless || _encoding.MaxError > 0)
        {
            _encoding = _encoding with { MaxError = _encoding.Lossless ? 0 : 1, AlphaQuality = 100 };
        }

        PictureRegion? region = _random.Next(4) == 0 ? new PictureRegion(_random.Next(_picture.Width), _random.Next(_picture.Height), 1, 1) : null;
        _decoding = new VaeDecoderOptions { Threads = _random.Next(1, 4), Region = region, Scale = _random.Next(4) == 0 ? 4 : 1, AllowPartial = _random.Next(4) == 0 };

        // Half of all go well.
        _encodeTrouble = _random.Next(2) == 0 ? Trouble.None : s_troubles[_random.Next(s_troubles.Length)];
        _decodeTrouble = _random.Next(2) == 0 ? Trouble.None : s_troubles[_random.Next(s_troubles.Length)];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_picture.Width} x {_picture.Height} {_picture.Layout}, quality {_encoding.Quality}, effort {_encoding.Effort}, lossless {_encoding.Lossless}, encode {_encodeTrouble}, decode {_decodeTrouble}";

    /// <summary>Runs it.</summary>
    /// <returns>How it ended, in words.</returns>
    /// <exception cref="Exception">It did not end as it must.</exception>
    public async Task<string> RunAsync()
    {
        byte[] pixels = new byte[_picture.RowBytes * _picture.Height];
        Paint(pixels);
        byte[]? file = await EncodeAsync(pixels).ConfigureAwait(false);
        if (file is null)
        {
            return $"encode stopped: {_encodeTrouble}";
        }

        DecodedPicture? decoded = await DecodeAsync(file).ConfigureAwait(false);
        if (decoded is null)
        {
            return $"decode stopped: {_decodeTrouble}";
        }

        bool isWhole = _decoding is { Region: null, Scale: 1 };
        if (isWhole && _encoding is { Lossless: true } && _decodeTrouble != Trouble.Cut && !pixels.AsSpan().SequenceEqual(decoded.Pixels))
        {
            throw new InvalidOperationException("A lossless picture is not what it was.");
        }

        return isWhole ? "whole pictures" : "parts and smaller pictures";
    }

    private int Side() => _random.Next(12) == 0 ? _random.Next(1, 1400) : _random.Next(1, 500);

    private void Paint(byte[] pixels)
    {
        int noise = _random.Next(1, 64), mask = _picture.Layout.BytesPerSample() == 1 ? 255 : _picture.MaxSample >> 8;
        for (int i = 0; i < pixels.Length; i++)
        {
            int value = (i / 97 % 200) + _random.Next(noise);
            pixels[i] = (byte)((i & 1) == 1 || _picture.Layout.BytesPerSample() == 1 ? value & mask : value);
        }
    }

    private Pipe CreatePipe()
    {
        int threshold = 1 << _random.Next(10, 17);
        return new Pipe(new PipeOptions(pauseWriterThreshold: threshold, resumeWriterThreshold: threshold / 2, minimumSegmentSize: 1 << _random.Next(4, 13)));
    }

    private CancellationTokenSource CreateStop(Trouble trouble)
    {
        CancellationTokenSource stop = new();
        if (trouble == Trouble.Cancel)
        {
            stop.CancelAfter(_random.Next(0, 150));
        }

        return stop;
    }

    private async Task<byte[]?> EncodeAsync(byte[] pixels)
    {
        Pipe pipe = CreatePipe();
        using CancellationTokenSource stop = CreateStop(_encodeTrouble);
        Task<byte[]> reading = Task.Run(() => TakeAsync(pipe.Reader));
        try
        {
            await VaeEncoder.EncodeAsync(new MemoryRowSource(_picture, pixels), pipe.Writer, _encoding, stop.Token).ConfigureAwait(false);
            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException ? _encodeTrouble == Trouble.Cancel : exception is IOException && _encodeTrouble == Trouble.Leave)
        {
            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            return null;
        }

        byte[] file = await reading.ConfigureAwait(false);
        return _encodeTrouble == Trouble.Leave ? null : file;
    }

    /// <summary>Takes what an encoder writes.</summary>
    private async Task<byte[]> TakeAsync(PipeReader reader)
    {
        Random random = new(_picture.Width);
        using MemoryStream file = new();
        long leaveAt = _encodeTrouble == Trouble.Leave ? random.Next(2000) : long.MaxValue;
        while (file.Length < leaveAt)
        {
            ReadResult result = await reader.ReadAsync().ConfigureAwait(false);
            long count = _encodeTrouble == Trouble.Dribble ? Math.Min(result.Buffer.Length, random.Next(1, 500)) : result.Buffer.Length;
            foreach (ReadOnlyMemory<byte> segment in result.Buffer.Slice(0, count))
            {
                file.Write(segment.Span);
            }

            bool ends = result.IsCompleted && count == result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.GetPosition(count));
            if (ends)
            {
                break;
            }

            if (_encodeTrouble == Trouble.Slow && random.Next(4) == 0)
            {
                await Task.Delay(random.Next(3)).ConfigureAwait(false);
            }
        }

        await reader.CompleteAsync().ConfigureAwait(false);
        return file.ToArray();
    }

    private async Task<DecodedPicture?> DecodeAsync(byte[] file)
    {
        Pipe pipe = CreatePipe();
        using CancellationTokenSource stop = CreateStop(_decodeTrouble);
        Task writing = Task.Run(() => GiveAsync(pipe.Writer, file));
        try
        {
            if (_decodeTrouble == Trouble.Dispose)
            {
                await DisposeAsync(pipe.Reader).ConfigureAwait(false);
                return null;
            }

            return await VaeDecoder.DecodeAsync(pipe.Reader, _decoding, stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return null;
        }
        finally
        {
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    private bool IsExpected(Exception exception) => _decodeTrouble switch
    {
        Trouble.Cancel => exception is OperationCanceledException,
        Trouble.Leave => exception is BrokenPipeException,
        Trouble.Cut => exception is VaeFormatException { Error: VaeError.Truncated },
        _ => false,
    };

    private async Task DisposeAsync(PipeReader reader)
    {
        VaeDecoder decoder = await VaeDecoder.OpenAsync(reader, _decoding).ConfigureAwait(false);
        await using (decoder.ConfigureAwait(false))
        {
            await decoder.ReadBandAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Writes a file for a decoder.</summary>
    private async Task GiveAsync(PipeWriter writer, byte[] file)
    {
        Random random = new(_picture.Height);
        int end = _decodeTrouble is Trouble.Cut or Trouble.Leave ? random.Next(file.Length) : file.Length;
        for (int done = 0; done < end;)
        {
            int count = Math.Min(end - done, _decodeTrouble == Trouble.Dribble ? random.Next(1, 200) : random.Next(1, 20_000));
            FlushResult result = await writer.WriteAsync(file.AsMemory(done, count)).ConfigureAwait(false);
            done += count;
            if (result.IsCompleted)
            {
                break;
            }

            if (_decodeTrouble == Trouble.Slow && random.Next(4) == 0)
            {
                await Task.Delay(random.Next(3)).ConfigureAwait(false);
            }
        }

        await writer.CompleteAsync(_decodeTrouble == Trouble.Leave ? new BrokenPipeException() : null).ConfigureAwait(false);
    }

    /// <summary>What a writer fails with.</summary>
    private sealed class BrokenPipeException : Exception;
}
