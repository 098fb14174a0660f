using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

/// <summary>Transparent colours (chunk tRNS), byte by byte as the standard says (11.3.2.1).</summary>
public class PngTransparencyTests
{
    [Fact]
    public async Task A_grey_value_is_compared_before_it_is_scaled()
    {
        // 0, 1, 2, 3 in two bits; 2 is transparent, which is 170 in eight. Bits above the depth do not count.
        byte[] file = new PngBuilder().Header(4, 1, 2, 0).Chunk("tRNS", 0x55, 0xF2).Pixels([0, 0b00_01_10_11]).End();
        await Reads(file, PixelLayout.GrayAlpha16, 0, 255, 85, 255, 170, 0, 255, 255);

        // No pixel has it: alpha is there all the same, for rows go out before all pixels are seen.
        file = new PngBuilder().Header(1, 1, 8, 0).Chunk("tRNS", 0, 9).Pixels([0, 8]).End();
        await Reads(file, PixelLayout.GrayAlpha16, 8, 255);
    }

    [Fact]
    public async Task A_colour_is_transparent_where_all_its_samples_agree()
    {
        byte[] file = new PngBuilder().Header(3, 1, 8, 2).Chunk("tRNS", 0, 1, 0, 2, 7, 3).Pixels([0, 1, 2, 3, 1, 2, 4, 0, 2, 3]).End();
        await Reads(file, PixelLayout.Rgba32, 1, 2, 3, 0, 1, 2, 4, 255, 0, 2, 3, 255);

        // A suggested palette (PLTE in RGB) has nothing to do with it.
        file = new PngBuilder().Header(1, 1, 8, 2).Chunk("PLTE", 1, 2, 3).Chunk("tRNS", 0, 1, 0, 2, 0, 3).Pixels([0, 1, 2, 3]).End();
        await Reads(file, PixelLayout.Rgba32, 1, 2, 3, 0);
    }

    [Fact]
    public async Task All_16_bits_are_compared()
    {
        byte[] file = new PngBuilder().Header(3, 1, 16, 0).Chunk("tRNS", 0x12, 0x34).Pixels([0, 0x12, 0x34, 0x12, 0x35, 0x13, 0x34]).End();
        await Reads(file, PixelLayout.GrayAlpha32, 0x34, 0x12, 0, 0, 0x35, 0x12, 255, 255, 0x34, 0x13, 255, 255);
        file = new PngBuilder().Header(2, 1, 16, 2).Chunk("tRNS", 1, 2, 3, 4, 5, 6).Pixels([0, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7]).End();
        await Reads(file, PixelLayout.Rgba64, 2, 1, 4, 3, 6, 5, 0, 0, 2, 1, 4, 3, 7, 5, 255, 255);
    }

    [Fact]
    public async Task A_palette_has_alpha_where_an_entry_is_not_opaque()
    {
        static byte[] Palette(byte[] colours, byte[] alpha) =>
            new PngBuilder().Header(3, 1, 2, 3).Chunk("PLTE", colours).Chunk("tRNS", alpha).Pixels([0, 0b00_01_10_00]).End();

        byte[] colours = [1, 2, 3, 4, 5, 6, 7, 8, 9], greys = [1, 1, 1, 4, 4, 4, 7, 7, 7];
        await Reads(Palette(colours, [10, 20]), PixelLayout.Rgba32, 1, 2, 3, 10, 4, 5, 6, 20, 7, 8, 9, 255);
        await Reads(Palette(greys, [10, 20, 0]), PixelLayout.GrayAlpha16, 1, 10, 4, 20, 7, 0);
        await Reads(Palette(colours, [255, 255]), PixelLayout.Rgb24, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        await Reads(Palette(greys, [255]), PixelLayout.Gray8, 1, 4, 7);
    }

    [Fact]
    public async Task What_is_malformed_is_named_with_its_place()
    {
        static PngBuilder Start(byte depth, byte colour) => new PngBuilder().Header(1, 1, depth, colour);

        await Bad(Start(8, 0).Chunk("tRNS", 1), VaeError.InvalidField, "tRNS at offset 33", "1 bytes", "grey picture takes 2");
        await Bad(Start(16, 0).Chunk("tRNS"), VaeError.InvalidField, "0 bytes", "grey picture takes 2");
        await Bad(Start(8, 2).Chunk("tRNS", 1, 2), VaeError.InvalidField, "2 bytes", "RGB picture takes 6");
        await Bad(Start(16, 2).Chunk("tRNS", new byte[7]), VaeError.InvalidField, "7 bytes", "RGB picture takes 6");
        await Bad(Start(8, 4).Chunk("tRNS", 1, 2), VaeError.InvalidField, "tRNS at offset 33", "alpha channel");
        await Bad(Start(16, 6).Chunk("tRNS", new byte[6]), VaeError.InvalidField, "alpha channel");
        await Bad(Start(8, 3).Chunk("tRNS", 1).Chunk("PLTE", 1, 2, 3), VaeError.InvalidOrder, "tRNS at offset 33", "before any PLTE");
        await Bad(Start(8, 2).Chunk("tRNS", new byte[6]).Chunk("PLTE", 1, 2, 3), VaeError.InvalidOrder, "PLTE at offset 51", "after tRNS");
        await Bad(Start(8, 3).Chunk("PLTE", 1, 2, 3).Chunk("tRNS", 1, 2), VaeError.InvalidField, "2 bytes", "1 entries");
        await Bad(Start(8, 3).Chunk("PLTE", 1, 2, 3).Chunk("tRNS"), VaeError.InvalidField, "0 bytes", "1 to 1");
        await Bad(Start(8, 0).Chunk("tRNS", 0, 1).Chunk("tRNS", 0, 1), VaeError.InvalidOrder, "tRNS at offset 47", "repeated");
        await Bad(Start(8, 0).Pixels([0, 1]).Chunk("tRNS", 0, 1), VaeError.InvalidOrder, "tRNS", "after the pixels");
        await Bad(Start(8, 4).Chunk("PLTE", 1, 2, 3), VaeError.InvalidField, "PLTE", "grey");
    }

    private static async Task Reads(byte[] file, PixelLayout layout, params byte[] expected)
    {
        MemoryRowSink read = await Pictures.ReadAsync(file);
        Assert.Equal(layout, read.Picture.Layout);
        Assert.Equal(expected, read.Pixels);
    }

    private static Task Bad(PngBuilder file, VaeError error, params string[] words) =>
        Pictures.RefusedAsync<VaeFormatException>(file.Pixels([0, 0]).End(), error, words);
}
