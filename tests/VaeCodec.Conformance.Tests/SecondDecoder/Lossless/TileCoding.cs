using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.1: how a tile, or its alpha, is coded.</summary>
/// <param name="Way">The way.</param>
/// <param name="Bytes">The coded bytes behind the one that says so, where there is one.</param>
internal sealed record TileCoding(TileWay Way, byte[] Bytes)
{
    public bool OfSamples => Way != TileWay.Latents;

    /// <summary>How the tile itself is coded; beside alpha of section 2.6.1, its colour.</summary>
    public static TileCoding Of(Header header, TilePart part)
    {
        if (!header.SampleFile && !header.TilesChoose)
        {
            return new TileCoding(TileWay.Latents, part.CodedBytes);
        }

        return Of(part, way => way switch
        {
            TileWay.PredictedSamples => true,
            TileWay.RepeatedPixels => header.TilesChoose,
            TileWay.Latents => header.TilesChoose && !header.SampleFile,
            _ => false,
        });
    }

    /// <summary>How alpha beside latents is coded.</summary>
    public static TileCoding OfAlpha(TilePart part) => Of(part, way => way is TileWay.PredictedSamples or TileWay.RepeatedPixels);

    private static TileCoding Of(TilePart part, Predicate<TileWay> allowed)
    {
        TileWay way = (TileWay)part.CodedBytes[0];
        DecodingException.Require(allowed(way), FailureKind.UnsupportedFeature, $"The way {part.CodedBytes[0]} of coding.");
        return new TileCoding(way, part.CodedBytes[1..]);
    }
}
