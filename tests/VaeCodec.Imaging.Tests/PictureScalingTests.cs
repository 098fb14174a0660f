namespace VaeCodec.Imaging.Tests;

public class PictureScalingTests
{
    /// <summary>Against sums over a grid so fine that every pixel of both pictures is a whole number of its squares.</summary>
    [Theory]
    [InlineData(7, 5, 3, 2)]
    [InlineData(6, 4, 3, 2)]
    [InlineData(4, 3, 6, 6)]
    [InlineData(5, 9, 5, 4)]
    public void EachPixelIsTheMeanOfWhatItCovers(int width, int height, int toWidth, int toHeight)
    {
        DecodedPicture picture = Picture(width, height);
        DecodedPicture scaled = PictureScaling.Scale(picture, toWidth, toHeight);
        Assert.Equal((toWidth, toHeight, toWidth * toHeight * 3), (scaled.Picture.Width, scaled.Picture.Height, scaled.Pixels.Length));
        for (int y = 0; y < toHeight; y++)
        {
            for (int x = 0; x < toWidth; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    double sum = 0;
                    for (int i = 0; i < width * height; i++)
                    {
                        (int column, int row) = (((x * width) + (i % width)) / toWidth, ((y * height) + (i / width)) / toHeight);
                        sum += picture.Pixels[(((row * width) + column) * 3) + c];
                    }

                    Assert.Equal(sum / (width * height), scaled.Pixels[(((y * toWidth) + x) * 3) + c], 0.501);
                }
            }
        }
    }

    [Fact]
    public void TheSquareIsTheMiddleOne()
    {
        DecodedPicture wide = Picture(9, 4), square = PictureScaling.MiddleSquare(wide, 4);
        for (int i = 0; i < 48; i++)
        {
            Assert.Equal(wide.Pixels[(((i / 12 * 9) + 2) * 3) + (i % 12)], square.Pixels[i]);
        }

        Assert.Throws<ArgumentException>(() => PictureScaling.Scale(new DecodedPicture(new PictureDescription(1, 1, PixelLayout.Gray8), new byte[1]), 1, 1));
    }

    /// <summary>A line of it at a time: as a whole it would be 50,000 rows of 20,000 pixels.</summary>
    [Fact]
    public void WhatIsHighAndBecomesWideTakesNoMoreMemoryThanItsRows()
    {
        DecodedPicture high = Picture(1, 50_000), wide = PictureScaling.Scale(high, 20_000, 1);
        Assert.Equal(60_000, wide.Pixels.Length);
        Assert.Equal(high.Pixels.Where((_, i) => i % 3 == 0).Average(sample => (double)sample), wide.Pixels[0], 0.51);
    }

    private static DecodedPicture Picture(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random((width * 100) + height).NextBytes(pixels);
        return new DecodedPicture(new PictureDescription(width, height, PixelLayout.Rgb24), pixels);
    }
}
