namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.3: all that is remembered of a plane while a tile is decoded.</summary>
/// <param name="format">What the tile's samples are.</param>
/// <param name="shift">The shift of its scale.</param>
/// <param name="h">Its largest sample.</param>
/// <param name="number">Number of the plane.</param>
/// <param name="rows">Rows of the tile.</param>
/// <param name="columns">Columns of the tile.</param>
internal sealed class Plane(SampleFormat format, int shift, int h, int number, int rows, int columns)
{
    /// <summary>p0 to p4.</summary>
    public const int Predictions = 5;

    private const int BiasEntries = 24 * 9 * 9;

    private readonly long _least = PlaneTransform.LeastSample(format, number, h);

    /// <summary>Section 13.4.</summary>
    public Classes Classes { get; } = new(shift);

    public int Shift => shift;

    /// <summary>Section 13.11.</summary>
    public int Step { get; } = format.Step(number);

    public bool IsAlpha { get; } = format.IsAlpha(number);

    public SampleHistory Samples { get; } = new(rows, columns);

    public TileHistory Residuals { get; } = new(rows, columns);

    /// <summary>e: errors of the final prediction.</summary>
    public TileHistory FinalErrors { get; } = new(rows, columns);

    /// <summary>Errors of each of the five predictions.</summary>
    public TileHistory[] Errors { get; } = [.. Enumerable.Range(0, Predictions).Select(_ => new TileHistory(rows, columns))];

    public Learner Fast { get; } = new(InputsOf(format, number), 9);

    public Learner Slow { get; } = new(InputsOf(format, number), 12);

    public long[] Bias { get; } = new long[BiasEntries];

    /// <summary>Clamps a prediction, which is in eighths, to eight times the range.</summary>
    public long Clamp(long prediction) => Math.Clamp(prediction, 8 * _least, 8L * h);

    /// <summary>Seven inputs from the plane itself, and four from each one before it, but none of those for alpha.</summary>
    private static int InputsOf(SampleFormat format, int plane) => format.IsAlpha(plane) ? 7 : 7 + (4 * plane);
}
