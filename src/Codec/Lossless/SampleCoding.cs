using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>What of a picture is coded as samples, and how.</summary>
/// <param name="Picture">The samples: those of the picture, of its colour, or of its alpha alone as if it were grey.</param>
/// <param name="TileSize">Side of a tile in pixels.</param>
/// <param name="Mixed">Whether tiles choose their way of coding.</param>
internal sealed record SampleCoding(PictureDescription Picture, int TileSize, bool Mixed)
{
    /// <summary>How far samples that are coded may be from those of the picture.</summary>
    public ErrorBounds Bounds { get; init; }

    /// <summary>Whether the samples are alpha alone.</summary>
    public bool IsAlpha { get; init; }

    /// <summary>What ends work that is no longer wanted.</summary>
    public WorkStop Stop { get; init; } = new();

    /// <summary>The last of the ways that a file may use, which takes the fewest bytes.</summary>
    public TileWay BestWay => Mixed ? TileWay.RepeatedSamples : TileWay.PredictedSamples;

    /// <summary>Whether each tile says how coarse its samples are.</summary>
    public bool HasScale => Picture.Layout.BytesPerSample() > 1;

    /// <summary>Rows of pixels in a row of tiles.</summary>
    /// <param name="row">Which.</param>
    public int Height(int row) => Math.Min(TileSize, Picture.Height - (row * TileSize));

    /// <summary>Where a tile's samples begin in a row of the picture, in bytes, and how many pixels wide it is.</summary>
    /// <param name="column">Its column.</param>
    public (int First, int Width) Columns(int column)
    {
        int x = column * TileSize;
        return (x * Picture.Layout.BytesPerPixel(), Math.Min(TileSize, Picture.Width - x));
    }

    /// <summary>The alpha of a picture whose colour networks code. It may be coded in either way of samples.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="tileSize">Side of a tile in pixels.</param>
    /// <param name="bound">How far alpha may be from the picture's.</param>
    public static SampleCoding Alpha(PictureDescription picture, int tileSize, int bound)
        => new(picture.AlphaAlone(), tileSize, true) { Bounds = new ErrorBounds(0, bound), IsAlpha = true };

    /// <summary>A picture all of whose samples are coded together.</summary>
    /// <param name="info">What its file says of itself.</param>
    public static SampleCoding All(VaeImageInfo info)
        => new(info.Picture, info.TileSize, info.MixedTiles) { Bounds = new ErrorBounds(info.MaxError, info.MaxAlphaError) };
}
