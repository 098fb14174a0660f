using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Chapter 13: the tiles of a lossless picture.</summary>
internal static class LosslessPictureDecoder
{
    public static DecodedFile Decode(Container container)
    {
        Header header = container.Header;
        Grid<int> picture = new(header.Height, header.Width, header.Channels);
        foreach (TileSection tile in container.Tiles)
        {
            Grid<int> samples = SampleTileDecoder.Decode(header, tile, TileCoding.Of(header, tile));
            picture.Place(tile.Row * header.TileSide, tile.Column * header.TileSide, samples);
        }

        DecodedFile decoded = new(container, picture, []);
        return decoded with { SymbolBytes = decoded.PixelBytes };
    }
}
