namespace VaeCodec.Format;

/// <summary>What the header section of a .vae file says (spec/vae-format.md, "Header").</summary>
public sealed record ContainerHeader
{
    /// <summary>What stands for the name of a model in lossless files.</summary>
    public const string LosslessName = "lossless";

    /// <summary>The quality of lossless files.</summary>
    public const int LosslessQuality = 100;

    /// <summary>The most tiles in a row or a column of them.</summary>
    public const int MaxTilesAlong = 65535;

    /// <summary>The most tiles of a file.</summary>
    public const int MaxTiles = 1 << 24;

    /// <summary>Major version of the container: 1, or 0 in files from before the format was frozen.</summary>
    public int MajorVersion => Version.Major;

    /// <summary>Minor version of the container: 0 in what is written today; any with major version 1, and 1 to 4 with 0, in what is read.</summary>
    public int MinorVersion => Version.Minor;

    /// <summary>Width in pixels, 1..2^31-1.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, 1..2^31-1.</summary>
    public required int Height { get; init; }

    /// <summary>Meaning of the samples.</summary>
    public required PixelLayout Layout { get; init; }

    /// <summary>Bits of a sample: 8 for layouts of one byte a sample, 9 to 16 for those of two.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>The largest error of a colour sample in a file without a model, in levels; 0 where every sample is exact. Files with a model have 0, which then says nothing.</summary>
    public int MaxError { get; init; }

    /// <summary>The largest error of an alpha sample, in levels; 0 where alpha is exact or there is none.</summary>
    public int MaxAlphaError { get; init; }

    /// <summary>Whether the writer is to put a digest of all samples behind the tiles. What a reader finds is in <see cref="ContainerReader.Digest"/>.</summary>
    public bool HasDigest { get; init; }

    /// <summary>Whether tiles hold samples, coded without a model, and without loss if <see cref="MaxError"/> and <see cref="MaxAlphaError"/> are 0. Quality is then 100, the identity all zeros and the name <see cref="LosslessName"/>.</summary>
    public bool Lossless { get; init; }

    /// <summary>Whether the first coded byte of a tile chooses among ways of coding it: as latents or as samples, and the samples in one of two ways.</summary>
    public bool MixedTiles { get; init; }

    /// <summary>Quality, 1..100.</summary>
    public required int Quality { get; init; }

    /// <summary>Side of a tile in pixels: a multiple of 64 from 256 to 4096.</summary>
    public required int TileSize { get; init; }

    /// <summary>The colour space; sRGB unless set.</summary>
    public ColourCodePoints Colour { get; init; } = ColourCodePoints.Srgb;

    /// <summary>Identity of the model that decodes the tiles.</summary>
    public required Sha256Identity ModelIdentity { get; init; }

    /// <summary>Readable name of that model: 1..64 bytes of UTF-8 without control characters.</summary>
    public required string ModelName { get; init; }

    /// <summary>Tiles in a row of tiles: the width over the tile size, rounded up.</summary>
    public int TileColumns => (int)TilesAlong(Width);

    /// <summary>Rows of tiles: the height over the tile size, rounded up.</summary>
    public int TileRows => (int)TilesAlong(Height);

    /// <summary>Tiles in the picture.</summary>
    /// <exception cref="OverflowException">The header was never read or written, and its numbers are absurd.</exception>
    public int TileCount => checked(TileColumns * TileRows);

    /// <summary>Version of the container.</summary>
    internal FormatVersion Version { get; init; } = FormatVersion.Current;

    /// <summary>Whether a digest may stand behind the tiles: in lossless files, but not of versions 0.1 to 0.3.</summary>
    internal bool MayHaveDigest => Lossless && MaxError == 0 && MaxAlphaError == 0 && Version.HasDeepSamples;

    private long TilesAlong(int side) => TileSize <= 0 ? 0 : ((long)side + TileSize - 1) / TileSize;
}
