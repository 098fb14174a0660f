namespace VaeCodec.Imaging.Tests.Support;

/// <summary>Makes, reads and writes pictures in memory.</summary>
internal static class Pictures
{
    internal static readonly PixelLayout[] Layouts = Enum.GetValues<PixelLayout>();

    internal static byte[] Pixels(Random random, int width, int height, PixelLayout layout, int bitDepth = 16)
    {
        if (layout.BytesPerSample() == 2)
        {
            return WidePixels(random, width * layout.Channels(), height, bitDepth);
        }

        // Smooth, noisy and flat areas, so that every filter gets its turn.
        var pixels = new byte[width * height * layout.Channels()];
        int kind = random.Next(4);
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % (width * layout.Channels()), y = i / (width * layout.Channels());
            pixels[i] = kind switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)((x * 3) + (y * 2)),
                2 => (byte)((x * x / 50) + (y * y / 30) + random.Next(4)),
                _ => (byte)(y % 7 == 0 ? 200 : x / 9),
            };
        }

        return pixels;
    }

    /// <summary>Samples of two bytes, the least significant one first, none above the largest of a bit depth.</summary>
    private static byte[] WidePixels(Random random, int rowSamples, int height, int bitDepth)
    {
        int most = (1 << bitDepth) - 1, kind = random.Next(4);
        var pixels = new byte[2 * rowSamples * height];
        for (int i = 0; i < rowSamples * height; i++)
        {
            int x = i % rowSamples, y = i / rowSamples;
            int sample = kind switch
            {
                0 => random.Next(most + 1),
                1 => ((x * 300) + (y * 200)) & most,
                2 => ((x * x) + (y * y * 3) + random.Next(40)) & most,
                _ => y % 7 == 0 ? most : x / 9,
            };
            pixels[2 * i] = (byte)sample;
            pixels[(2 * i) + 1] = (byte)(sample >> 8);
        }

        return pixels;
    }

    internal static async Task<byte[]> WriteAsync(PictureDescription picture, byte[] pixels, PictureFormat format, PictureWriterOptions? options = null, int band = 3)
    {
        var output = new MemoryStream();
        await CopyAsync(new MemoryRowSource(picture, pixels), PictureWriter.Create(output, format, options), band);
        Assert.True(output.CanWrite);
        return output.ToArray();
    }

    internal static Task<MemoryRowSink> ReadAsync(byte[] file, VaeLimits? limits = null, int band = 5) =>
        ReadAsync(new MemoryStream(file, writable: false), limits, band);

    internal static async Task<MemoryRowSink> ReadAsync(Stream file, VaeLimits? limits = null, int band = 5)
    {
        await using IPictureReader reader = await PictureReader.OpenAsync(file, limits);
        var sink = new MemoryRowSink();
        await CopyAsync(reader, sink, band);
        await reader.CompleteAsync(CancellationToken.None);
        return sink;
    }

    internal static async Task CopyAsync(IRowSource source, IRowSink sink, int band)
    {
        PictureDescription picture = source.Picture;
        var rows = new byte[picture.RowBytes * band];
        await sink.BeginAsync(picture, CancellationToken.None);
        for (int y = 0; y < picture.Height; y += band)
        {
            int count = Math.Min(band, picture.Height - y);
            await source.ReadRowsAsync(rows, count, CancellationToken.None);
            await sink.WriteRowsAsync(rows, count, CancellationToken.None);
        }

        await sink.EndAsync(CancellationToken.None);
    }

    internal static async Task<T> RefusedAsync<T>(byte[] file, VaeError error, params string[] words)
        where T : VaeException
    {
        T thrown = await Assert.ThrowsAsync<T>(() => ReadAsync(file));
        Assert.Equal(error, thrown.Error);
        Assert.All(words, word => Assert.Contains(word, thrown.Message, StringComparison.Ordinal));
        return thrown;
    }

    /// <summary>Reading must give a picture or a VaeException; anything else fails the test.</summary>
    /// <returns>Whether it gave a picture.</returns>
    internal static async Task<bool> SurvivesAsync(byte[] file, VaeLimits limits)
    {
        try
        {
            await ReadAsync(file, limits);
            return true;
        }
        catch (VaeException e)
        {
            Assert.NotEmpty(e.Message);
            return false;
        }
    }
}
