using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.1: how a tile is coded.</summary>
/// <param name="Way">The way.</param>
/// <param name="Bytes">The coded bytes behind the one that says so, where there is one.</param>
internal sealed record TileCoding(TileWay Way, byte[] Bytes)
{
    public bool OfSamples => Way != TileWay.Latents;

    public static TileCoding Of(Header header, TileSection tile)
    {
        if (!header.Lossless && !header.TilesChoose)
        {
            return new TileCoding(TileWay.Latents, tile.CodedBytes);
        }

        TileWay way = (TileWay)tile.CodedBytes[0];
        bool allowed = way switch
        {
            TileWay.PredictedSamples => true,
            TileWay.RepeatedPixels => header.TilesChoose,
            TileWay.Latents => header.TilesChoose && !header.Lossless,
            _ => false,
        };
        DecodingException.Require(allowed, FailureKind.UnsupportedFeature, $"The way {tile.CodedBytes[0]} of coding.");
        return new TileCoding(way, tile.CodedBytes[1..]);
    }
}
