namespace VaeCodec;

/// <summary>How to encode.</summary>
public sealed record VaeEncoderOptions
{
    private readonly int? _tileSize;

    /// <summary>Largest value of <see cref="Effort"/>.</summary>
    public const int HighestEffort = 5;

    /// <summary>Effort that encoders use where none is asked for.</summary>
    public const int DefaultEffort = 2;

    /// <summary>
    /// Whether every sample is kept exactly. Files of photographs are then some nine times as large as at the default quality and take longer; quality and model have
    /// no effect (options must be in their ranges all the same), and decoders need no model. Effort 1 is a third faster and 3 % larger, on text and graphics several times as large. Default false.
    /// </summary>
    public bool Lossless { get; init; }

    /// <summary>
    /// The largest error that a colour sample may have, in levels of the picture's depth, where the file is to be near the original within a bound: 1 to half the levels. The samples are then coded
    /// without networks, and quality and model have no effect. 0, the default, sets no bound; together with <see cref="Lossless"/> every sample is exact.
    /// </summary>
    public int MaxError { get; init; }

    /// <summary>
    /// Quality of alpha, 1 to 100; 100, the default, keeps it exactly. Below, a sample may be wrong by (100 - quality) x 0.32 levels of 8 bits, and transparent and opaque stay what they are.
    /// Without effect where <see cref="Lossless"/> is set, or where there is no alpha.
    /// </summary>
    public int AlphaQuality { get; init; } = 100;

    /// <summary>Whether a lossless file carries the SHA-256 of all its samples, so that a decoder can tell that the whole picture is the one that was encoded. Default true.</summary>
    public bool Digest { get; init; } = true;

    /// <summary>Whether <see cref="TileSize"/> was set.</summary>
    internal bool HasTileSize => _tileSize is not null;

    /// <summary>Whether the samples are coded, without networks.</summary>
    internal bool CodesSamples => Lossless || MaxError > 0;

    /// <summary>How many times its usual price a bit has, from effort 2 on: makes sizes between those of two qualities. 1 unless a target asks for another.</summary>
    internal double BitPrice { get; init; } = 1;

    /// <summary>Rounds of the search of each effort, from 0 on.</summary>
    internal static ReadOnlySpan<int> Rounds => [0, 0, 0, 5, 15, 50];

    /// <summary>Quality, 1 (smallest file) to 100 (nearest to the original). Default 50.</summary>
    public int Quality { get; init; } = 50;

    /// <summary>
    /// How much work to put into a better file: 1 rounds every latent to the nearest integer; 2, the default, chooses each symbol so
    /// that its bits and its error together cost least; 3, 4 and 5 then search for better symbols through the decoder's network, in 5, 15 and 50 rounds,
    /// about 15, 30 and 20 to 90 times as long as effort 2 (docs/effort.md). Decoders and their speed are the same.
    /// </summary>
    public int Effort { get; init; } = DefaultEffort;

    /// <summary>The model; null is <see cref="VaeModel.Standard"/>.</summary>
    public VaeModel? Model { get; init; }

    /// <summary>Threads to use, at most <see cref="VaeLimits.MaxThreads"/>; 0 is one for each processor; where memory is short (<see cref="VaeLimits.MaxMemoryBytes"/>) fewer work. The output does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Side of a tile in pixels: a multiple of 64 from 256 to 4096. Default 512, and 1024 where no networks are used. What repeats itself is remembered for a tile, so unless this is set,
    /// from effort 2 on pictures whose first rows are those of a page (text, drawings, screens) get tiles of 1024 to 1536 pixels, if memory is there for them.
    /// </summary>
    public int TileSize
    {
        get => _tileSize ?? (CodesSamples ? 1024 : 512);
        init => _tileSize = value;
    }

    /// <summary>Limits on the input.</summary>
    public VaeLimits Limits { get; init; } = VaeLimits.Default;

    /// <summary>Hears of progress, once for each row of tiles; may be null.</summary>
    public IProgress<VaeProgress>? Progress { get; init; }
}
