using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>What a file decodes to.</summary>
/// <param name="Container">What the file held.</param>
/// <param name="Samples">Rows, columns and samples of a pixel.</param>
/// <param name="SymbolBytes">What the tiles' checksums cover, tile after tile (section 11.3); of a sample file the bytes of the picture.</param>
internal sealed record DecodedFile(Container Container, Grid<int> Samples, byte[] SymbolBytes)
{
    /// <summary>Section 11.3: the rows from the top, samples interleaved, without padding.</summary>
    public byte[] PixelBytes => SampleBytes.Of(Samples, Container.Header.BitDepth);
}
