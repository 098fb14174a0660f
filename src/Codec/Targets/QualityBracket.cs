namespace VaeCodec.Targets;

/// <summary>
/// Narrows down where a measure that grows with the quality passes a value: regula falsi on whole qualities. Sizes in logarithms and PSNR both grow nearly evenly with the quality, so three or
/// four trials do. Where they do not, as on pages, whose measures go in steps, every other trial halves what is left.
/// </summary>
/// <param name="wanted">The value.</param>
/// <param name="start">The first quality to try.</param>
/// <param name="slope">What a step of quality is expected to add, until two trials tell.</param>
internal sealed class QualityBracket(double wanted, int start, double slope)
{
    /// <summary>Trials that a measure has that grows evenly.</summary>
    private const int EvenTrials = 4;

    private (int Quality, double Measure)? _below;
    private (int Quality, double Measure)? _above;
    private int _trials;

    /// <summary>The highest quality known to be below the value; 0 where none is.</summary>
    public int Below => _below?.Quality ?? 0;

    /// <summary>The lowest quality known to be above; 101 where none is.</summary>
    public int Above => _above?.Quality ?? 101;

    /// <summary>Whether two qualities next to each other enclose the value.</summary>
    public bool IsClosed => Above - Below <= 1;

    /// <summary>The quality to try next.</summary>
    public int Next()
    {
        double guess = (_below, _above) switch
        {
            ({ } low, { } high) => low.Quality + ((high.Quality - low.Quality) * (wanted - low.Measure) / (high.Measure - low.Measure)),
            ({ } low, null) => low.Quality + ((wanted - low.Measure) / slope),
            (null, { } high) => high.Quality - ((high.Measure - wanted) / slope),
            _ => start,
        };

        // A measure that does not grow as expected, or is infinite where nothing is lost, must not prolong the search: the guess stays between.
        bool halves = (_trials >= EvenTrials && _trials % 2 == 0) || !double.IsFinite(guess) || (_above is { } above && !double.IsFinite(above.Measure));
        return (int)Math.Clamp(halves ? (Below + Above) / 2 : Math.Round(guess), Below + 1, Above - 1);
    }

    /// <summary>Takes in what a quality gave.</summary>
    /// <param name="quality">The quality.</param>
    /// <param name="measure">Its measure.</param>
    /// <param name="isAbove">On which side of the value it counts.</param>
    public void Add(int quality, double measure, bool isAbove)
    {
        _trials++;
        if (isAbove)
        {
            _above = (quality, measure);
        }
        else
        {
            _below = (quality, measure);
        }
    }
}
