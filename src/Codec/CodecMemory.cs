using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>The working memory of the codec, computed before any of it is allocated. The formula is explained in docs/memory.md.</summary>
internal static class CodecMemory
{
    /// <summary>Refuses an encode that would take too much.</summary>
    /// <exception cref="VaeLimitException">It would.</exception>
    public static void CheckEncode(VaeModel model, int width, int height, int tileSize, int threads, VaeLimits limits)
        => Check("Encoding", AnalysisTransform.Bytes(model.Cpu, width, height) + Shared(model, width, height, tileSize, threads), width, limits);

    /// <summary>Refuses a decode that would take too much.</summary>
    /// <exception cref="VaeLimitException">It would.</exception>
    public static void CheckDecode(VaeModel model, int width, int height, int tileSize, int threads, VaeLimits limits)
        => Check("Decoding", SynthesisTransform.Bytes(model.Cpu, width, height) + Shared(model, width, height, tileSize, threads), width, limits);

    private static long Shared(VaeModel model, int width, int height, int tileSize, int threads)
    {
        ModelDescription description = model.Networks.Description;
        int side = TileArea.Side(tileSize);
        int latentWidth = AnalysisTransform.Pad(width) / ModelDescription.LatentStride;
        int latentHeight = AnalysisTransform.Pad(height) / ModelDescription.LatentStride;
        int columns = (latentWidth + side - 1) / side;
        long latentRows = (long)Math.Min(side, latentHeight) * latentWidth * description.LatentChannels * sizeof(float);
        long workers = Math.Min(threads, columns) * (TileNetworks.Bytes(model.Cpu, side) + TileBuffers.Bytes(description, side));

        // Coded tiles of a row, at two bytes a latent, and bands of pixels.
        long coded = latentRows / 2;
        long bands = 128L * width * 3;
        return latentRows + workers + coded + bands;
    }

    private static void Check(string what, long bytes, int width, VaeLimits limits)
    {
        if (bytes > limits.MaxMemoryBytes)
        {
            throw new VaeLimitException(
                $"{what} a picture {width} pixels wide takes about {bytes >> 20} MiB, more than the limit of {limits.MaxMemoryBytes >> 20} MiB. "
                + "Use fewer threads, or raise the limit: --max-memory for the tool, VaeLimits.MaxMemoryBytes in code.");
        }
    }
}
