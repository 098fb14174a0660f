using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Refinement;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>The working memory of the codec, computed before any of it is allocated. The formula is explained in docs/memory.md.</summary>
internal static class CodecMemory
{
    /// <summary>Rows of pixels that an encoder takes at a time. A decoder gives no more of a smaller picture.</summary>
    private const int UsualBandRows = 64;

    /// <summary>Bytes of a coded tile beyond those of its samples, however few these are.</summary>
    private const int CodedTileOverhead = 64;

    /// <summary>Plans an encode through networks.</summary>
    /// <remarks>What is decided about the file, the size of tiles and whether they may be samples, goes by the memory of one thread: then as many work as there is room for.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="options">How it is encoded.</param>
    /// <param name="threads">Threads that are wanted.</param>
    /// <param name="held">Bytes of rows that are held already; they leave room for fewer threads.</param>
    /// <exception cref="VaeLimitException">It would take too much with one thread, or a decode of the file would.</exception>
    public static WorkPlan PlanEncode(VaeModel model, PictureDescription picture, VaeEncoderOptions options, int threads, long held)
    {
        long Choice(int count, int workers) => TileChoice.Bytes(model, picture, options.TileSize, count, workers);
        long Networks(int count, int workers) => EncodeBytes(model, picture, options, count, workers);
        CheckArrays(model, picture, UsualBandRows);
        bool chooses = options.Effort > 1 && Networks(1, 1) + Choice(1, 1) <= options.Limits.MaxMemoryBytes && FitsSamples(model, picture, options.TileSize, 1, options.Limits);

        // A file that nobody can read by the limits of its writer would be no use to him.
        Check("The file could not be read by the same limit: decoding", DecodeBytes(model, picture, options.TileSize, 1, 1), picture.Width, options.Limits);
        return Plan("Encoding", picture.Width, threads, options.Limits, chooses, (count, workers) => Networks(count, workers) + (chooses ? Choice(count, workers) : 0), held);
    }

    /// <summary>Whether an encode through networks that chooses for each tile, and the rows that are held before it, take no more than they may, nor a decode of what comes of it. Large tiles are for pages, which are nothing without a choice.</summary>
    public static bool FitsEncode(VaeModel model, PictureDescription picture, VaeEncoderOptions options)
        => EncodeBytes(model, picture, options, 1) + TileChoice.Bytes(model, picture, options.TileSize, 1, 1) + PageTiles.HeldBytes(picture) <= options.Limits.MaxMemoryBytes
            && FitsSamples(model, picture, options.TileSize, 1, options.Limits);

    /// <summary>Whether a decode has room for tiles of samples, with one thread.</summary>
    private static bool FitsSamples(VaeModel model, PictureDescription picture, int tileSize, int scale, VaeLimits limits)
        => TileRowBytes(picture.WithoutAlpha(), tileSize) <= Array.MaxLength && DecodeBytes(model, picture, tileSize, scale, 1) + MixedBytes(model, picture, tileSize, scale, 1) <= limits.MaxMemoryBytes;

    /// <summary>Refuses a look into a file of latents that would take too much.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="info">What it says of itself.</param>
    /// <param name="bytesAPosition">Bytes that are kept for each latent position of the picture.</param>
    /// <param name="limits">The limit.</param>
    /// <exception cref="VaeLimitException">It would, or the positions are more than an array holds.</exception>
    public static void CheckInspect(VaeModel model, VaeImageInfo info, int bytesAPosition, VaeLimits limits)
    {
        PictureDescription picture = info.Picture;
        long positions = (long)ModelDescription.PadSide(picture.Width) / ModelDescription.LatentStride * (ModelDescription.PadSide(picture.Height) / ModelDescription.LatentStride);
        if (positions > Array.MaxLength)
        {
            throw new VaeLimitException($"A picture of {picture.Width} x {picture.Height} has {positions} latent positions; no limit allows a map of more than {Array.MaxLength}.");
        }

        Check("Inspecting", DecodeBytes(model, picture, info.TileSize, 1, 1) + (bytesAPosition * positions), picture.Width, limits);
    }

    /// <summary>Plans a decode through networks. What is left goes to the coded tiles of a row, with what the formula sets aside for them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="info">What is decoded: the file, or the tiles of a part as if they were one.</param>
    /// <param name="scale">How many times smaller the sides are.</param>
    /// <param name="threads">Threads that are wanted.</param>
    /// <param name="limits">The limit.</param>
    /// <param name="isCut">Whether less than the width of the tiles is seen, and a band of that held apart.</param>
    /// <exception cref="VaeLimitException">It would take too much with one thread.</exception>
    public static WorkPlan PlanDecode(VaeModel model, VaeImageInfo info, int scale, int threads, VaeLimits limits, bool isCut = false)
    {
        (PictureDescription picture, int tileSize) = (info.Picture, info.TileSize);
        long Samples(int workers) => MixedBytes(model, picture, tileSize, scale, workers);
        long cut = isCut ? CutBytes(model, picture, scale) : 0;
        long Networks(int count, int workers) => DecodeBytes(model, picture, tileSize, scale, count, workers) + cut;
        CheckArrays(model, picture, DecodedBandRows(model, picture, scale));
        bool mixed = info.MixedTiles && FitsSamples(model, picture, tileSize, scale, limits with { MaxMemoryBytes = Math.Max(limits.MaxMemoryBytes - cut, 0) });
        WorkPlan plan = Plan("Decoding", picture.Width, threads, limits, mixed, (count, workers) => Networks(count, workers) + (mixed ? Samples(workers) : 0));
        long coded = CodedLatentBytes(model, picture, tileSize) + CodedAlphaBytes(picture, tileSize) + (mixed ? CodedRowBytes(picture.WithoutAlpha(), tileSize) : 0);
        return plan with { Left = plan.Left + coded };
    }

    /// <summary>Plans a lossless encode, decode or verification. What is left goes to the coded tiles of a row, with what the formula sets aside for them.</summary>
    /// <exception cref="VaeLimitException">It would take too much with one thread, or a row of tiles is more than an array holds.</exception>
    public static WorkPlan PlanLossless(PictureDescription picture, int tileSize, int threads, VaeLimits limits, long held = 0)
    {
        _ = CheckedTileRowBytes(picture, tileSize);
        WorkPlan plan = Plan("Lossless coding of", picture.Width, threads, limits, true, (_, workers) => LosslessBytes(picture, tileSize, workers), held);
        return plan with { Threads = plan.SampleWorkers, Left = plan.Left + CodedRowBytes(picture, tileSize) };
    }

    /// <summary>Whether an encode without networks, and the rows that are held before it, take no more than they may.</summary>
    public static bool FitsLossless(PictureDescription picture, VaeEncoderOptions options)
        => TileRowBytes(picture, options.TileSize) <= Array.MaxLength && LosslessBytes(picture, options.TileSize, 1) + PageTiles.HeldBytes(picture) <= options.Limits.MaxMemoryBytes;

    /// <summary>Refuses tiles of samples, really received, that the plan of a decode has no room for.</summary>
    /// <exception cref="VaeLimitException">It has none.</exception>
    public static void CheckSampleTiles(VaeModel model, VaeImageInfo info, int scale, VaeLimits limits, bool isCut)
        => Check("Decoding", DecodeBytes(model, info.Picture, info.TileSize, scale, 1) + MixedBytes(model, info.Picture, info.TileSize, scale, 1) + (isCut ? CutBytes(model, info.Picture, scale) : 0), info.Picture.Width, limits);

    /// <summary>Bytes of the band of what is seen of a part, where that is less than its tiles.</summary>
    private static long CutBytes(VaeModel model, PictureDescription picture, int scale) => (long)DecodedBandRows(model, picture, scale) * picture.RowBytes;

    /// <summary>Plans a verification of a file with networks. What is left goes to coded bytes; one tile is always read.</summary>
    /// <exception cref="VaeLimitException">It would take too much with one thread.</exception>
    public static WorkPlan PlanVerify(VaeModel model, VaeImageInfo info, int threads, VaeLimits limits)
    {
        bool mixed = info.MixedTiles && VerifyBytes(model, info, 1, 1, true) <= limits.MaxMemoryBytes;
        return Plan("Verifying", info.Picture.Width, threads, limits, mixed, (count, workers) => VerifyBytes(model, info, count, workers, mixed));
    }

    /// <summary>Refuses tiles of samples, really received, that the plan of a verification has no room for.</summary>
    /// <exception cref="VaeLimitException">It has none.</exception>
    public static void CheckVerifySamples(VaeModel model, VaeImageInfo info, VaeLimits limits)
        => Check("Verifying", VerifyBytes(model, info, 1, 1, true), info.Picture.Width, limits);

    private static long VerifyBytes(VaeModel model, VaeImageInfo info, int threads, int workers, bool withSamples)
    {
        (PictureDescription picture, int tileSize) = (info.Picture, info.TileSize);
        long networks = WorkerBytes(model, TileArea.Of(0, 0, tileSize, picture.Width, picture.Height), false);
        long alpha = picture.Layout.HasAlpha() ? LosslessWorker.Bytes(picture.AlphaAlone(), tileSize) : 0;
        long samples = withSamples ? LosslessWorker.Bytes(picture.WithoutAlpha(), tileSize) : 0;
        return (threads * networks) + (workers * (alpha + samples));
    }

    /// <summary>As many threads as fit, up to those that are wanted, and then as many tiles of samples at a time.</summary>
    /// <param name="what">What is planned.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="threads">Threads that are wanted.</param>
    /// <param name="limits">The limit.</param>
    /// <param name="hasRoomForSamples">Whether tiles of samples are within the sum.</param>
    /// <param name="bytes">Bytes that so many threads and workers take.</param>
    /// <param name="held">Bytes that are held beside them. With one thread they were looked at before they were taken.</param>
    private static WorkPlan Plan(string what, int width, int threads, VaeLimits limits, bool hasRoomForSamples, Func<int, int, long> bytes, long held = 0)
    {
        Check(what, bytes(1, 1), width, limits);
        int count = threads, workers;
        for (; count > 1 && bytes(count, 1) + held > limits.MaxMemoryBytes; count--)
        {
        }

        for (workers = count; workers > 1 && bytes(count, workers) + held > limits.MaxMemoryBytes; workers--)
        {
        }

        return new WorkPlan(count, workers, hasRoomForSamples, limits.MaxMemoryBytes - bytes(count, workers));
    }

    /// <summary>The samples of a row of tiles three times: at work, in the band that is read and in the one before it; and the coded tiles.</summary>
    private static long LosslessBytes(PictureDescription picture, int tileSize, int workers)
        => (3 * TileRowBytes(picture, tileSize)) + CodedRowBytes(picture, tileSize) + LosslessWorkerPool.Bytes(picture, tileSize, workers);

    /// <summary>Bytes that are set aside for the coded tiles of a row: noise takes more than its samples, and must not depend on what threads leave.</summary>
    private static long CodedRowBytes(PictureDescription picture, int tileSize)
        => (TileRowBytes(picture, tileSize) * 9 / 8) + (CodedTileOverhead * ((picture.Width + tileSize - 1L) / tileSize));

    private static long TileRowBytes(PictureDescription picture, int tileSize) => (long)Math.Min(tileSize, picture.Height) * picture.RowBytes;

    /// <summary>Bytes of the samples of a row of tiles.</summary>
    /// <exception cref="VaeLimitException">No array holds so many.</exception>
    public static long CheckedTileRowBytes(PictureDescription picture, int tileSize)
    {
        long row = TileRowBytes(picture, tileSize);
        if (row > Array.MaxLength)
        {
            throw new VaeLimitException($"A row of tiles of {tileSize} pixels in a picture {picture.Width} pixels wide takes {row / 1e6:F0} MB of samples; no limit allows more than {Array.MaxLength / 1e6:F0} MB. Use smaller tiles.");
        }

        return row;
    }

    private static int Lag(VaeModel model, int scale) => scale == 1 ? SynthesisTransform.Lag(model.Cpu) : 0;

    /// <param name="model">The model.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="tileSize">Side of a tile in pixels.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="encoding">Whether it is encoded.</param>
    /// <param name="bandRows">Rows of pixels in a band.</param>
    private static long Shared(VaeModel model, PictureDescription picture, int tileSize, int threads, bool encoding, int bandRows)
    {
        (int width, int height) = (picture.Width, picture.Height);
        TileArea largest = TileArea.Of(0, 0, tileSize, width, height);
        int columns = (width + tileSize - 1) / tileSize;
        long latentRows = LatentRowBytes(model, width, height, tileSize);

        long workers = Math.Min(threads, columns) * WorkerBytes(model, largest, encoding);

        // Two bands of pixels; where there is alpha, once more while it is apart.
        long bands = (picture.Layout.HasAlpha() ? 4L : 2L) * bandRows * picture.RowBytes;
        return latentRows + workers + CodedLatentBytes(model, picture, tileSize) + bands;
    }

    /// <summary>Bytes that an encode takes with one worker for samples.</summary>
    public static long EncodeBytes(VaeModel model, PictureDescription picture, VaeEncoderOptions options, int threads) => EncodeBytes(model, picture, options, threads, 1);

    private static long EncodeBytes(VaeModel model, PictureDescription picture, VaeEncoderOptions options, int threads, int workers)
    {
        (int width, int height, int tileSize) = (picture.Width, picture.Height, options.TileSize);
        long search = VaeEncoderOptions.Rounds[options.Effort] > 0 ? SearchBytes(model, picture, tileSize, threads) : 0;
        long rows = options.Effort > 1 ? PixelRowBytes(model, picture.WithoutAlpha(), tileSize) : 0;
        if (picture.Layout.HasAlpha())
        {
            rows += PixelRowBytes(model, picture.AlphaAlone(), tileSize) + LosslessWorkerPool.Bytes(picture.AlphaAlone(), tileSize, workers);
        }

        return AnalysisTransform.Bytes(model.Cpu, width, height, threads) + Shared(model, picture, tileSize, threads, true, UsualBandRows) + search + rows;
    }

    /// <summary>Bytes that a decode takes with one worker for samples.</summary>
    public static long DecodeBytes(VaeModel model, PictureDescription picture, int tileSize, int scale, int threads) => DecodeBytes(model, picture, tileSize, scale, threads, 1);

    private static long DecodeBytes(VaeModel model, PictureDescription picture, int tileSize, int scale, int threads, int workers)
    {
        (int width, int height) = (picture.Width, picture.Height);
        long alpha = picture.Layout.HasAlpha() ? SampleTiles.Bytes(picture.AlphaAlone(), tileSize, workers, Lag(model, scale)) + CodedAlphaBytes(picture, tileSize) : 0;
        long synthesis = scale == 1 ? SynthesisTransform.Bytes(model.Cpu, width, height, threads) : ReducedSynthesis.Bytes(model.Cpu, width, height, scale, threads);
        return synthesis + Shared(model, picture, tileSize, threads, false, DecodedBandRows(model, picture, scale)) + alpha;
    }

    /// <summary>Rows of pixels that a decoder gives at a time.</summary>
    private static int DecodedBandRows(VaeModel model, PictureDescription picture, int scale) => scale == 1 ? SynthesisTransform.BandRows(model.Cpu, picture.Width, picture.Height) : UsualBandRows;

    /// <summary>Refuses what no array holds, however much memory is allowed: a row of latents, or a band of pixels.</summary>
    /// <exception cref="VaeLimitException">One would be longer.</exception>
    private static void CheckArrays(VaeModel model, PictureDescription picture, int bandRows)
    {
        long latents = (long)ModelDescription.PadSide(picture.Width) / ModelDescription.LatentStride * model.Networks.Description.LatentChannels;
        long band = (long)bandRows * picture.RowBytes;
        if (Math.Max(latents, band) > Array.MaxLength)
        {
            throw new VaeLimitException($"A picture {picture.Width} pixels wide has {latents} latents in a row and {band} bytes in a band of {bandRows} rows; no limit allows more than {Array.MaxLength} of either. Cut it into narrower ones.");
        }
    }

    /// <summary>Bytes that tiles of samples take beside a decode through networks, coded ones included.</summary>
    public static long MixedBytes(VaeModel model, PictureDescription picture, int tileSize, int scale, int workers)
        => SampleTiles.Bytes(picture.WithoutAlpha(), tileSize, workers, Lag(model, scale)) + CodedRowBytes(picture.WithoutAlpha(), tileSize);

    /// <summary>Bytes that are set aside for the coded latents of a row of tiles: two bytes a latent.</summary>
    private static long CodedLatentBytes(VaeModel model, PictureDescription picture, int tileSize) => LatentRowBytes(model, picture.Width, picture.Height, tileSize) / 2;

    /// <summary>Bytes that are set aside for the coded alpha of a row of tiles.</summary>
    private static long CodedAlphaBytes(PictureDescription picture, int tileSize) => picture.Layout.HasAlpha() ? CodedRowBytes(picture.AlphaAlone(), tileSize) : 0;

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
        long positions = (long)largest.Width * largest.Height, symbols = (positions * description.LatentChannels) + (positions / (ModelDescription.HyperStride * ModelDescription.HyperStride) * description.HyperChannels);
        long entropy = encoding ? 16 * symbols : 0;
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
                $"{what} a picture {width} pixels wide takes about {bytes / 1e6:F0} MB with one thread, more than the limit of {limits.MaxMemoryBytes / 1e6:F0} MB. "
                + "Raise the limit: --max-memory for the tool, VaeLimits.MaxMemoryBytes in code.");
        }
    }
}
