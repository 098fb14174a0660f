using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Refinement;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>The working memory of the codec, computed before any of it is allocated. The formula is explained in docs/memory.md.</summary>
internal static class CodecMemory
{
    /// <summary>Refuses an encode that would take too much.</summary>
    /// <exception cref="VaeLimitException">It would.</exception>
    public static void CheckEncode(VaeModel model, PictureDescription picture, VaeEncoderOptions options, int threads)
        => Check("Encoding", EncodeBytes(model, picture, options, threads), picture.Width, options.Limits);

    /// <summary>Whether an encode through networks, and the rows that are held before it, take no more than they may.</summary>
    public static bool FitsEncode(VaeModel model, PictureDescription picture, VaeEncoderOptions options, int threads)
        => EncodeBytes(model, picture, options, threads) + PageTiles.HeldBytes(picture) <= options.Limits.MaxMemoryBytes;

    /// <summary>Whether an encode may take as much as it needs to choose between networks and samples.</summary>
    public static bool FitsChoice(VaeModel model, PictureDescription picture, VaeEncoderOptions options, int threads)
        => EncodeBytes(model, picture, options, threads) + TileChoice.Bytes(model, picture, options.TileSize, threads) <= options.Limits.MaxMemoryBytes;

    /// <summary>Refuses a decode that would take too much.</summary>
    /// <returns>How many bytes the coded tiles of a row may take together: what is left of the limit, and what the formula sets aside for them.</returns>
    /// <exception cref="VaeLimitException">It would.</exception>
    public static long CheckDecode(VaeModel model, PictureDescription picture, int tileSize, int scale, int threads, VaeLimits limits)
    {
        long bytes = DecodeBytes(model, picture, tileSize, scale, threads);
        Check("Decoding", bytes, picture.Width, limits);
        return limits.MaxMemoryBytes - bytes + (LatentRowBytes(model, picture.Width, picture.Height, tileSize) / 2);
    }

    /// <summary>Refuses a lossless encode, decode or verification that would take too much.</summary>
    /// <returns>How many bytes the coded tiles of a row may take together.</returns>
    /// <exception cref="VaeLimitException">It would.</exception>
    public static long CheckLossless(PictureDescription picture, int tileSize, int threads, VaeLimits limits)
    {
        long bytes = LosslessBytes(picture, tileSize, threads);
        Check("Lossless coding of", bytes, picture.Width, limits);
        return limits.MaxMemoryBytes - bytes + (TileRowBytes(picture, tileSize) / 4);
    }

    /// <summary>Whether an encode without networks, and the rows that are held before it, take no more than they may.</summary>
    public static bool FitsLossless(PictureDescription picture, VaeEncoderOptions options, int threads)
        => LosslessBytes(picture, options.TileSize, threads) + PageTiles.HeldBytes(picture) <= options.Limits.MaxMemoryBytes;

    /// <summary>Refuses a decode whose tiles of samples, really received, take too much beside the networks.</summary>
    /// <exception cref="VaeLimitException">They do.</exception>
    public static void CheckSampleTiles(VaeModel model, VaeImageInfo info, int scale, int threads, VaeLimits limits)
    {
        long samples = SampleTiles.Bytes(info.Picture.WithoutAlpha(), info.TileSize, threads);
        Check("Decoding", DecodeBytes(model, info.Picture, info.TileSize, scale, threads) + samples, info.Picture.Width, limits);
    }

    /// <summary>Refuses a verification that would take too much.</summary>
    /// <returns>How many coded bytes may be held at a time: what is left of the limit. One tile is always read.</returns>
    /// <exception cref="VaeLimitException">It would.</exception>
    public static long CheckVerify(VaeModel model, int width, int height, int tileSize, int threads, VaeLimits limits)
    {
        long bytes = threads * WorkerBytes(model, TileArea.Of(0, 0, tileSize, width, height), false);
        Check("Verifying", bytes, width, limits);
        return limits.MaxMemoryBytes - bytes;
    }

    /// <summary>Refuses a row of tiles whose coded bytes, really received, take too much.</summary>
    /// <exception cref="VaeLimitException">They do.</exception>
    public static void CheckCoded(long bytes, long budget, VaeLimits limits)
    {
        if (bytes > budget)
        {
            throw new VaeLimitException(
                $"The coded tiles of one row take {bytes / 1000} kB and with the rest more than the memory limit of {limits.MaxMemoryBytes / 1e6:F0} MB. "
                + "Raise the limit: --max-memory for the tool, VaeLimits.MaxMemoryBytes in code.");
        }
    }

    private static long LosslessBytes(PictureDescription picture, int tileSize, int threads)
        => TileRowBytes(picture, tileSize) + LosslessWorkerPool.Bytes(picture, tileSize, threads);

    /// <summary>The samples of a row of tiles three times: at work, in the band that is read and in the one before it; and once more for the coded tiles.</summary>
    private static long TileRowBytes(PictureDescription picture, int tileSize) => 4L * Math.Min(tileSize, picture.Height) * picture.RowBytes;

    private static long Shared(VaeModel model, int width, int height, int tileSize, int threads, bool encoding)
    {
        TileArea largest = TileArea.Of(0, 0, tileSize, width, height);
        int columns = (width + tileSize - 1) / tileSize;
        long latentRows = LatentRowBytes(model, width, height, tileSize);

        long workers = Math.Min(threads, columns) * WorkerBytes(model, largest, encoding);

        // Coded tiles of a row, at two bytes a latent, and bands of pixels.
        long coded = latentRows / 2;
        long bands = 128L * width * 3;
        return latentRows + workers + coded + bands;
    }

    /// <summary>Bytes that an encode takes.</summary>
    public static long EncodeBytes(VaeModel model, PictureDescription picture, VaeEncoderOptions options, int threads)
    {
        (int width, int height, int tileSize) = (picture.Width, picture.Height, options.TileSize);
        long search = VaeEncoderOptions.Rounds[options.Effort] > 0 ? SearchBytes(model, picture, tileSize, threads) : 0;
        long rows = options.Effort > 1 ? PixelRowBytes(model, picture.WithoutAlpha(), tileSize) : 0;
        if (picture.Layout.HasAlpha())
        {
            rows += PixelRowBytes(model, picture.AlphaAlone(), tileSize) + LosslessWorkerPool.Bytes(picture.AlphaAlone(), tileSize, threads);
        }

        return AnalysisTransform.Bytes(model.Cpu, width, height, threads) + Shared(model, width, height, tileSize, threads, true) + search + rows;
    }

    /// <summary>Bytes that a decode takes.</summary>
    public static long DecodeBytes(VaeModel model, PictureDescription picture, int tileSize, int scale, int threads)
    {
        (int width, int height) = (picture.Width, picture.Height);
        long alpha = picture.Layout.HasAlpha() ? SampleTiles.Bytes(picture.AlphaAlone(), tileSize, threads) : 0;
        long synthesis = scale == 1 ? SynthesisTransform.Bytes(model.Cpu, width, height, threads) : ReducedSynthesis.Bytes(model.Cpu, width, height, scale, threads);
        return synthesis + Shared(model, width, height, tileSize, threads, false) + alpha;
    }

    /// <summary>Bytes of the search for better symbols: its own, and of the rows of latents that it looks back at.</summary>
    private static long SearchBytes(VaeModel model, PictureDescription picture, int tileSize, int threads)
    {
        TileArea largest = TileArea.Of(0, 0, tileSize, picture.Width, picture.Height);
        long row = (long)ModelDescription.PadSide(picture.Width) / ModelDescription.LatentStride * model.Networks.Description.LatentChannels * sizeof(float);
        return TileRefinement.Bytes(model, largest, threads) + (2 * TileRefinement.Halo * row);
    }

    /// <summary>Bytes of the rows of pixels that an encoder keeps to look back at.</summary>
    private static long PixelRowBytes(VaeModel model, PictureDescription picture, int tileSize)
    {
        int latentRows = TileArea.Of(0, 0, tileSize, picture.Width, picture.Height).Height + (2 * TileRefinement.Halo);

        // Pixels arrive as far ahead of the latents as the networks look, and a batch more.
        int rows = (latentRows + model.Cpu.Analysis.LookAhead(model.Cpu.Analysis.Output) + 8) * ModelDescription.LatentStride;
        return Math.Min(rows, (long)picture.Height) * picture.RowBytes;
    }

    /// <summary>Bytes of what one thread codes tiles with.</summary>
    private static long WorkerBytes(VaeModel model, TileArea largest, bool encoding)
    {
        ModelDescription description = model.Networks.Description;

        // The entropy encoder keeps an operation of 4 bytes for each symbol and a word of 4 bytes; both lists double as they grow.
        long entropy = encoding ? 16L * largest.Width * largest.Height * description.LatentChannels : 0;
        return TileNetworks.Bytes(model.Cpu, largest.Width, largest.Height, encoding) + TileBuffers.Bytes(description, largest) + entropy;
    }

    /// <summary>Bytes of the latents of one row of tiles.</summary>
    private static long LatentRowBytes(VaeModel model, int width, int height, int tileSize)
    {
        int latentWidth = ModelDescription.PadSide(width) / ModelDescription.LatentStride;
        return (long)TileArea.Of(0, 0, tileSize, width, height).Height * latentWidth * model.Networks.Description.LatentChannels * sizeof(float);
    }

    private static void Check(string what, long bytes, int width, VaeLimits limits)
    {
        if (bytes > limits.MaxMemoryBytes)
        {
            throw new VaeLimitException(
                $"{what} a picture {width} pixels wide takes about {bytes / 1e6:F0} MB, more than the limit of {limits.MaxMemoryBytes / 1e6:F0} MB. "
                + "Use fewer threads, or raise the limit: --max-memory for the tool, VaeLimits.MaxMemoryBytes in code.");
        }
    }
}
