namespace VaeCodec.Format;

/// <summary>What the header section of a .vae file says (spec/vae-format.md, "Header").</summary>
public sealed record ContainerHeader
{
    /// <summary>What stands for the name of a model in lossless files.</summary>
    public const string LosslessName = "lossless";

    /// <summary>The quality of lossless files.</summary>
    public const int LosslessQuality = 100;

    /// <summary>Major version of the container; 0.</summary>
    public int MajorVersion { get; internal init; } = Preamble.MajorVersion;

    /// <summary>Minor version of the container: the least that has what the file uses, see <see cref="Lossless"/> (2) and <see cref="MixedTiles"/> (3).</summary>
    public int MinorVersion { get; internal init; } = Preamble.BaseMinorVersion;

    /// <summary>Width in pixels, 1..2^31-1.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, 1..2^31-1.</summary>
    public required int Height { get; init; }

    /// <summary>Meaning of the samples.</summary>
    public required PixelLayout Layout { get; init; }

    /// <summary>Whether tiles hold samples, coded without a model and without loss. Quality is then 100, the identity all zeros and the name <see cref="LosslessName"/>.</summary>
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

    private long TilesAlong(int side) => TileSize <= 0 ? 0 : ((long)side + TileSize - 1) / TileSize;
}
