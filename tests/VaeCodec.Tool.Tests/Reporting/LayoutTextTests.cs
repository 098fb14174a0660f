namespace VaeCodec.Tool.Tests;

public class LayoutTextTests
{
    [Theory]
    [InlineData(PixelLayout.Gray8, 8, "gray8", "grey, 8 bits")]
    [InlineData(PixelLayout.Rgb24, 8, "rgb24", "RGB, 8 bits a channel")]
    [InlineData(PixelLayout.GrayAlpha16, 8, "grayalpha16", "grey and alpha, 8 bits a channel")]
    [InlineData(PixelLayout.Rgba32, 8, "rgba32", "RGB and alpha, 8 bits a channel")]
    [InlineData(PixelLayout.Gray16, 12, "gray16", "grey, 12 bits")]
    [InlineData(PixelLayout.Rgb48, 16, "rgb48", "RGB, 16 bits a channel")]
    [InlineData(PixelLayout.GrayAlpha32, 9, "grayalpha32", "grey and alpha, 9 bits a channel")]
    [InlineData(PixelLayout.Rgba64, 16, "rgba64", "RGB and alpha, 16 bits a channel")]
    public void EveryLayoutHasItsWords(PixelLayout layout, int bits, string forPrograms, string forPeople)
    {
        Assert.Equal(forPrograms, LayoutText.ForPrograms(layout));
        Assert.Equal(forPeople, LayoutText.ForPeople(new PictureDescription(1, 1, layout) { BitDepth = bits }));
    }
}
