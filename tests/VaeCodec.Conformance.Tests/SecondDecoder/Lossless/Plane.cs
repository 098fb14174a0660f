namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.3: all that is remembered of a plane while a tile is decoded.</summary>
/// <param name="number">Number of the plane.</param>
/// <param name="rows">Rows of the tile.</param>
/// <param name="columns">Columns of the tile.</param>
/// <param name="least">Where the range of its samples begins.</param>
/// <param name="most">Where it ends.</param>
internal sealed class Plane(int number, int rows, int columns, int least, int most)
{
    /// <summary>p0 to p4.</summary>
    public const int Predictions = 5;

    private const int BiasEntries = 24 * 9 * 9;

    public SampleHistory Samples { get; } = new(rows, columns);

    public TileHistory Residuals { get; } = new(rows, columns);

    /// <summary>e: errors of the final prediction.</summary>
    public TileHistory FinalErrors { get; } = new(rows, columns);

    /// <summary>Errors of each of the five predictions.</summary>
    public TileHistory[] Errors { get; } = [.. Enumerable.Range(0, Predictions).Select(_ => new TileHistory(rows, columns))];

    public Learner Fast { get; } = new(InputsOf(number), 9);

    public Learner Slow { get; } = new(InputsOf(number), 12);

    public long[] Bias { get; } = new long[BiasEntries];

    /// <summary>Clamps a prediction, which is in eighths, to eight times the range.</summary>
    public long Clamp(long prediction) => Math.Clamp(prediction, 8L * least, 8L * most);

    /// <summary>Seven inputs from the plane itself, and four from each one before it.</summary>
    private static int InputsOf(int plane) => 7 + (4 * plane);
}
