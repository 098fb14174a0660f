namespace VaeCodec.Lossless;

/// <summary>How far samples that are coded may be from those of the picture, in levels; 0 is not at all.</summary>
/// <param name="Colour">Of samples of colour.</param>
/// <param name="Alpha">Of alpha, whose two ends always stay exact.</param>
internal readonly record struct ErrorBounds(int Colour, int Alpha)
{
    /// <summary>Whether every sample is exact.</summary>
    public bool AreZero => Colour == 0 && Alpha == 0;

    /// <summary>The bound of alpha at a quality: (100 - quality) x 0.32 levels of 8 bits, rounded down.</summary>
    /// <param name="quality">1..100.</param>
    /// <param name="maxSample">The largest sample.</param>
    public static int OfAlpha(int quality, int maxSample) => (int)((100L - quality) * 32 * maxSample / (100 * 255));
}
