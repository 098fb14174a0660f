using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// Tiles of samples whose decisions are made up. They are valid and hold what no encoder writes: long residuals, colours
/// on offer that are coded as residuals all the same, remembered colours that keep being wrong. Both decoders must read
/// the same from them.
/// </summary>
public class MadeUpTileTests
{
    /// <summary>Rows, columns, samples of a pixel, way, whether the file is lossless.</summary>
    public static TheoryData<int, int, int, int, bool> Tiles => new()
    {
        { 9, 31, 1, 0, true },
        { 12, 14, 3, 0, true },
        { 40, 2, 3, 0, false },
        { 23, 37, 1, 1, true },
        { 19, 21, 3, 1, true },
        { 1, 90, 3, 1, false },
        { 70, 1, 1, 1, false },
    };

    [Theory]
    [MemberData(nameof(Tiles))]
    public void BothDecodersAgree(int rows, int columns, int samples, int way, bool lossless)
    {
        byte[] template = GeneratedFile.Encode("page", columns, rows, samples, lossless ? 0 : 50, 2);
        for (ulong seed = 0; seed < 3; seed++)
        {
            Grid<int> picture = new(rows, columns, samples);
            List<byte[]> outOfRange = [];
            byte[] coded = MadeUpTile.Create((TileWay)way, new SampleFormat(samples, false, 8, 0, 0), SampleScale.None, picture, new SeededRandom(seed), outOfRange);
            byte[] pixels = SampleBytes.Of(picture, 8);
            byte[] file = FileSections.WithTile(template, Crc32C.Of(pixels), [(byte)way, .. coded]);
            Assert.Equal(Convert.ToHexStringLower(pixels), BothDecoders.BySecondDecoder(file));
            Assert.Equal(Convert.ToHexStringLower(pixels), BothDecoders.ByTheCodec(file));
            foreach (byte[] refused in outOfRange)
            {
                Assert.Equal(BothDecoders.Refused, BothDecoders.ByTheCodec(FileSections.WithTile(template, 0, [(byte)way, .. refused])));
            }
        }
    }
}
