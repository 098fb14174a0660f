using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Conformance.Tests.Vectors;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// What <see cref="MadeUpTileTests"/> does, with what version 0.4 brought: alpha, samples of 9 to 16 bits with any scale,
/// listed values, and bounds that leave out planes or reach over half of the range.
/// </summary>
public class MadeUpSamplesTests
{
    private const int Seeds = 3;

    /// <summary>Layout, bits of a sample, way, maxError, maxAlphaError, shift, levelCount.</summary>
    public static TheoryData<PixelLayout, int, int, int, int, int, int> SampleFiles => new()
    {
        { PixelLayout.GrayAlpha16, 8, 0, 0, 0, 0, 0 },
        { PixelLayout.GrayAlpha16, 8, 1, 0, 0, 0, 0 },
        { PixelLayout.Rgba32, 8, 0, 0, 0, 0, 0 },
        { PixelLayout.Rgba32, 8, 1, 0, 0, 0, 0 },
        { PixelLayout.Gray16, 16, 0, 0, 0, 0, 0 },
        { PixelLayout.Gray16, 9, 1, 0, 0, 8, 0 },
        { PixelLayout.Rgb48, 16, 1, 0, 0, 8, 0 },
        { PixelLayout.Rgb48, 13, 0, 0, 0, 3, 0 },
        { PixelLayout.GrayAlpha32, 16, 1, 0, 0, 5, 0 },
        { PixelLayout.Rgba64, 16, 1, 0, 0, 7, 0 },
        { PixelLayout.Rgba64, 11, 0, 0, 0, 1, 0 },

        // Listed values, from one to all but one.
        { PixelLayout.Gray16, 16, 0, 0, 0, 0, 1 },
        { PixelLayout.Rgb48, 16, 1, 0, 0, 0, 2 },
        { PixelLayout.Rgba64, 16, 1, 0, 0, 2, 40 },
        { PixelLayout.GrayAlpha32, 12, 0, 0, 0, 1, 300 },
        { PixelLayout.Gray16, 9, 1, 0, 0, 0, 511 },

        // Bounds of all planes, of some, and the greatest.
        { PixelLayout.Gray8, 8, 0, 1, 0, 0, 0 },
        { PixelLayout.Gray8, 8, 1, 127, 0, 0, 0 },
        { PixelLayout.Rgb24, 8, 0, 127, 0, 0, 0 },
        { PixelLayout.Rgb24, 8, 1, 2, 0, 0, 0 },
        { PixelLayout.GrayAlpha16, 8, 1, 0, 5, 0, 0 },
        { PixelLayout.Rgba32, 8, 0, 3, 0, 0, 0 },
        { PixelLayout.Rgba32, 8, 1, 4, 127, 0, 0 },
        { PixelLayout.Rgb48, 16, 0, 32767, 0, 8, 0 },
        { PixelLayout.Rgb48, 10, 1, 7, 0, 4, 0 },
        { PixelLayout.Rgba64, 16, 0, 0, 100, 6, 0 },
        { PixelLayout.Rgba64, 14, 1, 50, 0, 5, 0 },
        { PixelLayout.GrayAlpha32, 12, 0, 9, 2047, 3, 0 },
    };

    /// <summary>Layout, bits of a sample, way of alpha, way of colour (2: latents), maxAlphaError, shift of both, levelCount of both.</summary>
    public static TheoryData<PixelLayout, int, int, int, int, int, int> LossyFiles => new()
    {
        { PixelLayout.GrayAlpha16, 8, 0, 2, 0, 0, 0 },
        { PixelLayout.Rgba32, 8, 1, 2, 20, 0, 0 },
        { PixelLayout.Rgba32, 8, 1, 1, 127, 0, 0 },
        { PixelLayout.Rgba64, 16, 0, 0, 0, 8, 0 },
        { PixelLayout.Rgba64, 12, 1, 1, 0, 0, 90 },
        { PixelLayout.GrayAlpha32, 16, 1, 0, 1000, 3, 0 },
        { PixelLayout.GrayAlpha32, 10, 0, 2, 0, 2, 70 },
    };

    [Theory]
    [MemberData(nameof(SampleFiles))]
    public void BothDecodersAgree(PixelLayout layout, int bitDepth, int way, int maxError, int maxAlphaError, int shift, int levelCount)
    {
        foreach ((int rows, int columns) in ((int, int)[])[(11, 14), (1, 60), (40, 1)])
        {
            byte[] template = SampleFile(layout, bitDepth, rows, columns, maxError, maxAlphaError);
            SampleFormat format = SampleFormat.OfSampleFile(ContainerReader.Read(template, new Limits()).Header);
            Assert.Equal((maxError, maxAlphaError), (format.ColourBound, format.AlphaBound));
            SampleScale scale = new(shift, levelCount);
            for (ulong seed = 0; seed < Seeds; seed++)
            {
                Grid<int> picture = new(rows, columns, format.Channels);
                List<byte[]> outOfRange = [];
                byte[] decisions = MadeUpTile.Create((TileWay)way, format, scale, picture, new SeededRandom(seed), outOfRange);
                byte[] pixels = SampleBytes.Of(picture, bitDepth);
                byte[] file = FileSections.WithTile(template, Crc32C.Of(pixels), MadeUpTile.Coded((TileWay)way, format, scale, decisions));
                Assert.Equal(Convert.ToHexStringLower(pixels), BothDecoders.BySecondDecoder(file));
                Assert.Equal(Convert.ToHexStringLower(pixels), BothDecoders.ByTheCodec(file));
                foreach (byte[] refused in outOfRange.Take(100))
                {
                    byte[] refusedFile = FileSections.WithTile(template, 0, MadeUpTile.Coded((TileWay)way, format, scale, refused));
                    Assert.Equal(nameof(VaeError.CorruptSymbols), BothDecoders.VerdictOfTheCodec(refusedFile));
                    Assert.Equal(nameof(VaeError.CorruptSymbols), BothDecoders.VerdictOfSecondDecoder(refusedFile));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(LossyFiles))]
    public void BothDecodersAgreeOnAlphaBesideLatents(PixelLayout layout, int bitDepth, int alphaWay, int colourWay, int maxAlphaError, int shift, int levelCount)
    {
        const int Rows = 9, Columns = 23;
        VectorDefinition definition = new("generated", "page", Columns, Rows, layout, 40) { BitDepth = bitDepth, Effort = colourWay == 2 ? 1 : 2 };
        byte[] template = FileSections.WithBounds(GeneratedFile.Encode(definition), 0, maxAlphaError);
        Container container = ContainerReader.Read(template, new Limits());
        (_, TilePart colour) = TilePart.Split(container.Header, container.Tiles[0]);
        SampleScale scale = new(shift, levelCount);
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            SeededRandom random = new(seed);
            (byte[] alpha, Grid<int> alphaSamples) = MakeUp((TileWay)alphaWay, SampleFormat.OfAlpha(container.Header), scale, random);
            uint checksum = colour.Checksum;
            byte[] colourBytes = colour.CodedBytes;
            if (colourWay < 2)
            {
                (colourBytes, Grid<int> colourSamples) = MakeUp((TileWay)colourWay, SampleFormat.OfColours(container.Header), scale, random);
                checksum = Crc32C.Of(SampleBytes.Of(colourSamples, bitDepth));
            }

            byte[] beside = new byte[8];
            BinaryPrimitives.WriteInt32LittleEndian(beside, alpha.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(beside.AsSpan(4), Crc32C.Of(SampleBytes.Of(alphaSamples, bitDepth)));
            byte[] file = FileSections.WithTile(template, checksum, [.. beside, .. alpha, .. colourBytes]);
            string pixels = BothDecoders.BySecondDecoder(file);
            Assert.NotEqual(BothDecoders.Refused, pixels);
            Assert.Equal(pixels, BothDecoders.ByTheCodec(file));
        }

        (byte[] Coded, Grid<int> Samples) MakeUp(TileWay way, SampleFormat format, SampleScale scale, SeededRandom random)
        {
            SampleScale used = format.HasScale ? scale : SampleScale.None;
            Grid<int> samples = new(Rows, Columns, format.Channels);
            byte[] decisions = MadeUpTile.Create(way, format, used, samples, random, []);
            return (MadeUpTile.Coded(way, format, used, decisions), samples);
        }
    }

    /// <summary>Section 13.10: lists that end with the greatest value, that run above it, and that are cut off.</summary>
    [Theory]
    [InlineData(9, 4)]
    [InlineData(12, 40)]
    [InlineData(16, 2)]
    public void BothDecodersAgreeOnLists(int bitDepth, int count)
    {
        const TileWay Way = TileWay.RepeatedPixels;
        byte[] template = SampleFile(PixelLayout.Rgb48, bitDepth, 5, 6, 0, 0);
        SampleFormat format = SampleFormat.OfSampleFile(ContainerReader.Read(template, new Limits()).Header);
        int most = format.Maximum;
        int[] front = [.. Enumerable.Range(0, count - 1)];
        foreach ((int last, bool valid) in ((int, bool)[])[(most, true), (most + 1, false), (most + 2, false), (2 * most, false)])
        {
            // Above 16 bits there is no way to say a distance.
            if (last - (count - 2) >= 2 << LevelList.MostLog)
            {
                continue;
            }

            Grid<int> picture = new(5, 6, 3);
            MadeUpDecisions decisions = new([.. MadeUpTile.ListDecisions([.. front, last]), .. Enumerable.Repeat(1, 1000)], new SeededRandom(1));
            SampleScale scale = new(0, count);
            DecodingException? refusal = Record.Exception(() => new SampleTileDecoder(Way, decisions, picture, format, scale).Decode()) as DecodingException;
            Assert.Equal(valid, refusal is null);
            if (refusal is not null)
            {
                decisions.RequireEnd();
            }

            byte[] coded = MadeUpTile.Coded(Way, format, scale, decisions.Bytes);
            byte[] file = FileSections.WithTile(template, Crc32C.Of(SampleBytes.Of(picture, bitDepth)), coded);
            string verdict = BothDecoders.VerdictOfSecondDecoder(file);
            Assert.Equal(valid ? Convert.ToHexStringLower(SampleBytes.Of(picture, bitDepth)) : nameof(VaeError.CorruptSymbols), verdict);
            Assert.Equal(verdict, BothDecoders.VerdictOfTheCodec(file));
        }
    }

    /// <summary>A file of one tile, with bounds that no encoder may have been asked for.</summary>
    private static byte[] SampleFile(PixelLayout layout, int bitDepth, int rows, int columns, int maxError, int maxAlphaError)
    {
        VectorDefinition definition = new("generated", "page", columns, rows, layout, 100) { BitDepth = bitDepth, MaxError = 1, Effort = 2 };
        return FileSections.WithBounds(GeneratedFile.Encode(definition), maxError, maxAlphaError);
    }
}
