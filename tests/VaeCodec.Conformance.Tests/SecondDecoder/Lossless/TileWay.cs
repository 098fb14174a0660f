namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.1: the ways of coding a tile.</summary>
internal enum TileWay
{
    PredictedSamples = 0,
    RepeatedPixels = 1,
    Latents = 2,
}
