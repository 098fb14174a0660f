namespace VaeCodec.Models.Cpu;

/// <summary>Makes pixels from latents, row by row: rows of latents in, rows of pixels out.</summary>
internal interface ISynthesis : IDisposable
{
    /// <summary>Rows of latents that can be pushed now; 0 once all have been.</summary>
    int LatentRowsWanted { get; }

    /// <summary>Rows of pixels that can be read now.</summary>
    int RowsReady { get; }

    /// <summary>Starts a picture.</summary>
    /// <param name="width">Pixels in a row of the picture at its full size.</param>
    /// <param name="height">Rows of the picture at its full size.</param>
    /// <param name="channels">Samples of a pixel to give: 3, or 1 for grey, the mean of the three channels.</param>
    /// <param name="bits">Bits of a sample to give: 8, or 9 to 16 for samples of two bytes, least significant byte first.</param>
    /// <param name="plannedWidth">The width of the picture that memory was planned for, where that is a wider one: rows are computed as many at a time as there.</param>
    void Begin(int width, int height, int channels, int bits = 8, int plannedWidth = 0);

    /// <summary>Takes the next row of latents.</summary>
    /// <param name="latents">y_hat: column, channel. Each is multiplied with the inverse gain of its channel.</param>
    /// <param name="inverseGain">One for each channel.</param>
    /// <exception cref="InvalidOperationException">There is no room, see <see cref="LatentRowsWanted"/>.</exception>
    void Push(ReadOnlySpan<float> latents, ReadOnlySpan<float> inverseGain);

    /// <summary>Computes all that the rows so far allow.</summary>
    void Advance();

    /// <summary>Reads the next rows of pixels.</summary>
    /// <param name="rows">Out: samples, interleaved, row after row without gaps; as many whole rows as fit.</param>
    /// <exception cref="InvalidOperationException">So many rows are not ready.</exception>
    void ReadRows(Span<byte> rows);
}
