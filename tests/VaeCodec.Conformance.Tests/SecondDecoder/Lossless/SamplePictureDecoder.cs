using System.Security.Cryptography;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Chapter 13: the tiles of a sample file.</summary>
internal static class SamplePictureDecoder
{
    public static DecodedFile Decode(Container container)
    {
        Header header = container.Header;
        SampleFormat format = SampleFormat.OfSampleFile(header);
        Grid<int> picture = new(header.Height, header.Width, header.Channels);
        foreach (TileSection tile in container.Tiles)
        {
            TilePart part = TilePart.Whole(tile);
            Grid<int> samples = SampleTileDecoder.Decode(header, format, tile, part, TileCoding.Of(header, part));
            picture.Place(tile.Row * header.TileSide, tile.Column * header.TileSide, samples);
        }

        DecodedFile decoded = new(container, picture, []);
        byte[] pixels = decoded.PixelBytes;
        RequireDigest(container, pixels);
        return decoded with { SymbolBytes = pixels };
    }

    /// <summary>Section 2.6.2.</summary>
    private static void RequireDigest(Container container, byte[] pixels)
    {
        bool right = container.Digest is not { } digest || digest.AsSpan().SequenceEqual(SHA256.HashData(pixels));
        DecodingException.Require(right, FailureKind.CorruptSymbols, "Another digest than the picture's.");
    }
}
