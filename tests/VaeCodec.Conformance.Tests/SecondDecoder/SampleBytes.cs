namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Section 2.4: samples as bytes, one each where bitDepth is 8, otherwise two, the least significant first.</summary>
internal static class SampleBytes
{
    public static byte[] Of(Grid<int> samples, int bitDepth) => bitDepth == 8
        ? [.. samples.Values.Select(sample => (byte)sample)]
        : [.. samples.Values.SelectMany(sample => new[] { (byte)sample, (byte)(sample >> 8) })];
}
