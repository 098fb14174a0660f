using VaeCodec.Format;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec.Parts;

/// <summary>
/// What a decode gives of a picture, and what it needs for that: some tiles, which make a picture of their own, and some of that picture's latents. Decoders work on
/// <see cref="Tiles"/> as if there were nothing else.
/// </summary>
internal sealed class PicturePart
{
    private readonly PictureRegion _crop;
    private readonly PictureRegion _fullCrop;

    private PicturePart(VaeImageInfo file, PictureRegion region, int scale, PictureRegion seen)
    {
        File = file;
        Scale = scale;
        int size = file.TileSize;
        (FirstColumn, FirstRow) = (seen.X / size, seen.Y / size);
        int columns = ((seen.X + seen.Width + size - 1) / size) - FirstColumn, rows = ((seen.Y + seen.Height + size - 1) / size) - FirstRow;
        int left = FirstColumn * size, top = FirstRow * size;
        Tiles = file with
        {
            Picture = file.Picture with { Width = Math.Min(columns * size, file.Picture.Width - left), Height = Math.Min(rows * size, file.Picture.Height - top) },
            TileColumns = columns,
            TileRows = rows,
        };
        Seen = seen with { X = seen.X - left, Y = seen.Y - top };
        _fullCrop = region with { X = region.X - left, Y = region.Y - top };
        _crop = Reduce(_fullCrop);
        Reduced = Tiles.Picture.Reduced(scale);
        Output = Tiles.Picture with { Width = _crop.Width, Height = _crop.Height };
    }

    /// <summary>What the file says of itself.</summary>
    public VaeImageInfo File { get; }

    /// <summary>How many times smaller the sides of what is given are: 1, 2, 4, 8 or 16.</summary>
    public int Scale { get; }

    /// <summary>The tiles that are needed, as if they were all of a picture.</summary>
    public VaeImageInfo Tiles { get; }

    /// <summary>Column in the file of the first of them.</summary>
    public int FirstColumn { get; }

    /// <summary>Row in the file of the first of them.</summary>
    public int FirstRow { get; }

    /// <summary>
    /// What of the picture that <see cref="Tiles"/> is gets computed: all that has a part in what is given. Its edges are the picture's or lie between blocks of latents, in files without networks
    /// between tiles.
    /// </summary>
    public PictureRegion Seen { get; }

    /// <summary>The first row of <see cref="Reduced"/> that gets computed.</summary>
    public int FirstSeenRow => Seen.Y / Scale;

    /// <summary>The picture that <see cref="Tiles"/> is, at the size that is given.</summary>
    public PictureDescription Reduced { get; }

    /// <summary>What is given.</summary>
    public PictureDescription Output { get; }

    /// <summary>Whether all tiles of the file are needed, so that it is read from its first byte to its last.</summary>
    public bool IsWhole => Tiles.TileCount == File.TileCount;

    /// <summary>Whether less of the tiles' width is seen than there is.</summary>
    public bool IsCut => Seen.Width < Tiles.Picture.Width;

    /// <summary>Finds out what is needed.</summary>
    /// <param name="file">What the file says of itself.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="model">The networks; null where there are none.</param>
    /// <exception cref="VaeException">The region does not lie within the picture.</exception>
    public static PicturePart Of(VaeImageInfo file, VaeDecoderOptions options, VaeModel? model)
    {
        (int width, int height) = (file.Picture.Width, file.Picture.Height);
        if (options.Region is not { } region)
        {
            PictureRegion all = new(0, 0, width, height);
            return new PicturePart(file, all, options.Scale, all);
        }

        if (region.X < 0 || region.Y < 0 || region.Width < 1 || region.Height < 1 || (long)region.X + region.Width > width || (long)region.Y + region.Height > height)
        {
            throw new VaeException(VaeError.RegionOutside, $"The region {region} (X,Y,WIDTH,HEIGHT) does not lie within the picture of {width} x {height} pixels. Ask for one that does.");
        }

        // The pixels of a reduced picture are those of the whole one, wherever a region begins.
        (int x, int endX) = Align(region.X, region.X + region.Width, options.Scale, width);
        (int y, int endY) = Align(region.Y, region.Y + region.Height, options.Scale, height);
        region = new PictureRegion(x, y, endX - x, endY - y);
        if (model is not null && options.Scale == 1)
        {
            CompiledNetwork synthesis = model.Cpu.SynthesisShape;
            ((x, endX), (y, endY)) = (Around(synthesis, x, endX, width), Around(synthesis, y, endY, height));
        }
        else
        {
            int block = model is null ? file.TileSize : ModelDescription.SizeMultiple;
            ((x, endX), (y, endY)) = (Align(x, endX, block, width), Align(y, endY, block, height));
        }

        return new PicturePart(file, region, options.Scale, new PictureRegion(x, y, endX - x, endY - y));
    }

    /// <summary>A tile of the file at its place among <see cref="Tiles"/>.</summary>
    public TilePart Place(TileSection tile) => TilePart.Whole(tile) with { Column = tile.Column - FirstColumn, Row = tile.Row - FirstRow };

    /// <summary>Whether anything of a tile is given, or it is only seen by the synthesis.</summary>
    /// <param name="column">Its column among <see cref="Tiles"/>.</param>
    /// <param name="row">Its row among them.</param>
    public bool Shows(int column, int row)
    {
        int size = File.TileSize, left = column * size, top = row * size;
        return left < _fullCrop.X + _fullCrop.Width && left + size > _fullCrop.X && top < _fullCrop.Y + _fullCrop.Height && top + size > _fullCrop.Y;
    }

    /// <summary>Cuts out what is given.</summary>
    /// <param name="first">Number of the first of some rows of <see cref="Reduced"/>.</param>
    /// <param name="rows">In: the rows, without gaps; out: at their beginning, what is given of them.</param>
    /// <returns>How many rows that is.</returns>
    public int Crop(int first, Span<byte> rows)
    {
        int rowBytes = Reduced.RowBytes, from = Math.Max(0, _crop.Y - first), end = Math.Min(rows.Length / rowBytes, _crop.Y + _crop.Height - first);
        if (end <= from)
        {
            return 0;
        }

        int left = _crop.X * Reduced.Layout.BytesPerPixel();
        for (int row = from; row < end && (from > 0 || Output.RowBytes < rowBytes); row++)
        {
            rows.Slice((row * rowBytes) + left, Output.RowBytes).CopyTo(rows[((row - from) * Output.RowBytes)..]);
        }

        return end - from;
    }

    /// <summary>A length in pixels of the picture at the size that is given.</summary>
    public int Reduce(int pixels) => (pixels + Scale - 1) / Scale;

    private PictureRegion Reduce(PictureRegion region) => new(region.X / Scale, region.Y / Scale, Reduce(region.Width), Reduce(region.Height));

    /// <summary>What the synthesis must see for columns, or rows, of pixels to come out as they do in the whole picture: whole blocks of latents, so that its tiles lie as they do there.</summary>
    private static (int First, int End) Around(CompiledNetwork synthesis, int first, int end, int side)
    {
        int shuffle = synthesis.OutputShuffle;
        (int firstLatent, int endLatent) = synthesis.Sees(first / shuffle, (end + shuffle - 1) / shuffle);
        return Align(Math.Max(0, firstLatent) * ModelDescription.LatentStride, (int)Math.Min((long)endLatent * ModelDescription.LatentStride, side), ModelDescription.SizeMultiple, side);
    }

    private static (int First, int End) Align(int first, int end, int multiple, int side)
        => (first / multiple * multiple, (int)Math.Min(((long)end + multiple - 1) / multiple * multiple, side));
}
