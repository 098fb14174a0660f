namespace VaeCodec.Tiles;

/// <summary>
/// Tells what is written or drawn from photographs by how many pixels equal the one before them or the one above. Tiles of the 24 Kodak pictures have 0.04 to 0.35 of these, those of
/// pages and drawings 0.42 to 0.99; smooth gradients, which the networks code best, 0.18 to 0.29.
/// </summary>
/// <remarks>A mutable value: passed by reference.</remarks>
internal struct Repetition
{
    /// <summary>One row in so many is looked at.</summary>
    public const int RowStep = 4;

    private const double FewestRepeats = 0.4;

    private long _repeats;
    private long _pixels;

    /// <summary>Whether the rows so far are like those of a page.</summary>
    public readonly bool IsPage => _repeats > FewestRepeats * _pixels;

    /// <summary>Takes in a row.</summary>
    /// <param name="row">Its pixels.</param>
    /// <param name="above">The pixels of the row above it; empty where there is none.</param>
    /// <param name="pixelBytes">Bytes of a pixel.</param>
    /// <param name="hidden">For each pixel whether it is transparent and does not count; empty where none is.</param>
    public void Add(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, ReadOnlySpan<bool> hidden = default)
    {
        // The first has none before it.
        _pixels++;
        for (int i = pixelBytes; i < row.Length; i += pixelBytes)
        {
            if (hidden.IsEmpty || !hidden[i / pixelBytes])
            {
                ReadOnlySpan<byte> pixel = row.Slice(i, pixelBytes);
                _pixels++;
                _repeats += pixel.SequenceEqual(row.Slice(i - pixelBytes, pixelBytes)) || (!above.IsEmpty && pixel.SequenceEqual(above.Slice(i, pixelBytes))) ? 1 : 0;
            }
        }
    }
}
