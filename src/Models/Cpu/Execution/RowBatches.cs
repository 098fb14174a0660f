using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// How many rows the transforms compute at a time: few for wide pictures, so that memory stays in bounds. Results do not depend on it. A narrower picture may take more memory than a wider one for its
/// taller batches; what is planned for a wider one (a part's tiles, of which less is seen) takes its width here.
/// </summary>
internal static class RowBatches
{
    private const int LatentsPerBatch = 512;
    private const int MaxLatentRows = 4;

    /// <summary>Into how many pieces a picture's height falls.</summary>
    /// <param name="paddedWidth">Padded width in pixels.</param>
    /// <param name="paddedHeight">Padded height in pixels.</param>
    public static int Count(int paddedWidth, int paddedHeight)
    {
        int rows = Math.Clamp(LatentsPerBatch * ModelDescription.LatentStride / paddedWidth, 1, MaxLatentRows);
        return (paddedHeight / ModelDescription.LatentStride + rows - 1) / rows;
    }
}
