using VaeCodec.Metrics.Tests.Support;

namespace VaeCodec.Metrics.Tests;

public class BjontegaardDeltaTests
{
    // CompressAI's results/image/kodak: bpg_444_x265_ycbcr.json and vtm.json, bits per pixel and PSNR (RGB).
    private static readonly RateCurve s_bpg = Curve(
        (0.067768, 26.1951), (0.161023, 28.6815), (0.351554, 31.5947), (0.684697, 34.8575),
        (1.199665, 38.2599), (1.929712, 41.4789), (3.057876, 44.7031), (4.703143, 47.6325));

    private static readonly RateCurve s_vtm = Curve(
        (0.048245, 26.1448), (0.112495, 28.493), (0.245817, 31.1999), (0.490545, 34.2615),
        (0.87481, 37.4198), (1.43085, 40.4244), (2.324607, 43.5058), (3.632609, 46.5918));

    [Fact]
    public void ACurveAgainstItselfIsNothing()
    {
        Assert.Equal(0, BjontegaardDelta.Rate(s_bpg, s_bpg)!.Value, 15);
        Assert.Equal(0, BjontegaardDelta.Quality(s_bpg, s_bpg)!.Value, 15);
    }

    [Fact]
    public void HalfTheRateEverywhereIsMinus50Percent()
    {
        RateCurve half = Curve([.. s_bpg.Points.Select(point => (point.Rate / 2, point.Quality))]);
        Assert.Equal(-0.5, BjontegaardDelta.Rate(s_bpg, half)!.Value, 12);
        Assert.Equal(1, BjontegaardDelta.Rate(half, s_bpg)!.Value, 12);
    }

    [Fact]
    public void OneDecibelMoreEverywhereIsOneDecibel()
    {
        RateCurve better = Curve([.. s_bpg.Points.Select(point => (point.Rate, point.Quality + 1))]);
        Assert.Equal(1, BjontegaardDelta.Quality(s_bpg, better)!.Value, 12);
    }

    [Fact]
    public void TwoPointsAreAStraightLine()
    {
        // Logarithms of the rates over 30..40: from ln 1 to ln 4, and from ln 1 to ln 2; their mean distance is ln 2 / 2.
        RateCurve steep = Curve((1, 30), (4, 40));
        RateCurve flat = Curve((1, 30), (2, 40));
        Assert.Equal(1 / Math.Sqrt(2) - 1, BjontegaardDelta.Rate(steep, flat)!.Value, 12);

        // Over 30..35 only: distances from 0 to ln 2 / 2, mean ln 2 / 4.
        RateCurve shorter = Curve((1, 30), (Math.Sqrt(2), 35));
        Assert.Equal(Math.Pow(2, -0.25) - 1, BjontegaardDelta.Rate(steep, shorter)!.Value, 12);
    }

    [Fact]
    public void ThreePointsWorkedOutByHand()
    {
        // ln rate over quality: 0, 1, 4 at 0, 1, 2 against 0, 1, 2. Rises 1 and 3; inner slope 6 / (3/1 + 3/3) = 1.5; end
        // slopes (3*1 - 3)/2 = 0 and (3*3 - 1)/2 = 4. Areas of the pieces: (0+1)/2 + (0-1.5)/12 and (1+4)/2 + (1.5-4)/12,
        // together 3 - 1/3; the straight line has 2; mean distance (2/3)/2 = 1/3.
        RateCurve line = Curve((1, 0), (Math.E, 1), (Math.Exp(2), 2));
        RateCurve bent = Curve((1, 0), (Math.E, 1), (Math.Exp(4), 2));
        Assert.Equal(Math.Exp(1.0 / 3) - 1, BjontegaardDelta.Rate(line, bent)!.Value, 12);
    }

    [Fact]
    public void AgreesWithThePublishedPair()
        => Assert.Equal(-18.02, 100 * BjontegaardDelta.Rate(s_bpg, s_vtm)!.Value, 2);

    [CurveFact]
    public void AgreesWithTheTableOfPublishedCurves()
    {
        // LALIC (CVPR 2025) prints -15.26 % against VTM 9.1 itself; the others are CompressAI's result files through SciPy.
        Assert.Equal(-15.26, 100 * BjontegaardDelta.Rate(PublishedCurves.Psnr("vtm"), PublishedCurves.Psnr("lalic"))!.Value, 2);
        Assert.Equal(-67.58, 100 * BjontegaardDelta.Rate(PublishedCurves.Psnr("jpeg"), PublishedCurves.Psnr("vtm"))!.Value, 2);
        Assert.Equal(-58.86, 100 * BjontegaardDelta.Rate(PublishedCurves.Psnr("jpeg"), PublishedCurves.Psnr("bpg444"))!.Value, 2);
        Assert.Equal(-36.18, 100 * BjontegaardDelta.Rate(PublishedCurves.Psnr("jpeg"), PublishedCurves.Psnr("webp"))!.Value, 2);
        Assert.Equal(-58.31, 100 * BjontegaardDelta.Rate(PublishedCurves.MsSsim("jpeg"), PublishedCurves.MsSsim("vtm"))!.Value, 2);
    }

    [Fact]
    public void CurvesThatDoNotOverlapHaveNoDistance()
    {
        RateCurve low = Curve((1, 30), (2, 32));
        RateCurve high = Curve((3, 33), (4, 40));
        Assert.Null(BjontegaardDelta.Rate(low, high));
        Assert.Null(BjontegaardDelta.Quality(low, high));
    }

    [Fact]
    public void OnlyTheUpperEnvelopeCounts()
    {
        Assert.True(RateCurve.TryCreate([new(3, 35), new(1, 30), new(2, 29), new(2, 33), new(2, 32), new(4, 35)], out RateCurve? curve));
        Assert.Equal([new RatePoint(1, 30), new RatePoint(2, 33), new RatePoint(3, 35)], curve.Points);
    }

    [Fact]
    public void OnePointIsNoCurve()
    {
        Assert.False(RateCurve.TryCreate([new(1, 30), new(2, 29)], out _));
        Assert.False(RateCurve.TryCreate([], out _));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(-1, 30)]
    [InlineData(double.NaN, 30)]
    [InlineData(double.PositiveInfinity, 30)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(1, double.NaN)]
    public void PointsMustBeFinite(double rate, double quality)
        => Assert.Throws<ArgumentException>(() => RateCurve.TryCreate([new RatePoint(rate, quality)], out _));

    private static RateCurve Curve(params (double Rate, double Quality)[] points)
    {
        Assert.True(RateCurve.TryCreate(points.Select(point => new RatePoint(point.Rate, point.Quality)), out RateCurve? curve));
        return curve;
    }
}
