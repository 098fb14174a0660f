namespace VaeCodec.Tool.Tests;

public class DecibelsTests
{
    [Theory]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(48.1308, "48.13")]
    [InlineData(0, "0.00")]
    public void HaveTwoDecimals(double value, string expected) => Assert.Equal(expected, Decibels.Format(value));
}
