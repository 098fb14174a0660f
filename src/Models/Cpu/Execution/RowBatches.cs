using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>How many rows the transforms compute at a time: few for wide pictures, so that memory stays in bounds. Results do not depend on it.</summary>
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
