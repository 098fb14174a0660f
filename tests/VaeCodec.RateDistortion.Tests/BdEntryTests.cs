using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Reports;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Tests;

public class BdEntryTests
{
    [Fact]
    public void HalfTheRateIsMinus50PercentBothWays()
    {
        CodecResult full = Codec("full", ("p", 1), ("q", 2));
        CodecResult half = Codec("half", ("p", 0.5), ("q", 1));
        List<BdEntry> entries = BdEntry.All([half, full], "full");
        Assert.Equal(["full", "half"], entries.Select(entry => entry.Baseline));
        Assert.Equal(-50, entries[0].Psnr!.Value, 9);
        Assert.Equal(-50, entries[0].PsnrMeanOfPictures!.Value, 9);
        Assert.Equal(-50, entries[0].MsSsim!.Value, 9);
        Assert.Equal(-50, entries[0].MsSsimMeanOfPictures!.Value, 9);
        Assert.Equal(100, entries[1].Psnr!.Value, 9);
        Assert.True(entries[0].BdPsnr > 0);
        Assert.Equal((28.0, 40.0), (entries[0].PsnrFrom!.Value, entries[0].PsnrTo!.Value));
    }

    [Fact]
    public void TheMeanOfPicturesIsNotTheMeanCurve()
    {
        // The first picture costs half, the second double and dominates the mean of the rates.
        CodecResult baseline = Codec("base", ("p", 1), ("q", 10));
        CodecResult other = Codec("other", ("p", 0.5), ("q", 20));
        BdEntry entry = BdEntry.All([baseline, other], "base")[0];
        Assert.Equal((-50 + 100) / 2.0, entry.PsnrMeanOfPictures!.Value, 9);
        Assert.Equal(100 * (20.5 / 11 - 1), entry.Psnr!.Value, 9);
    }

    [Fact]
    public void DifferentPicturesDoNotCompare()
    {
        BdEntry entry = BdEntry.All([Codec("a", ("p", 1)), Codec("b", ("q", 1))], "a")[0];
        Assert.Null(entry.Psnr);
        Assert.Null(entry.PsnrMeanOfPictures);
        Assert.Null(entry.MsSsim);
        Assert.Null(entry.BdPsnr);
        Assert.Null(entry.PsnrFrom);

        // Nor where one has some of the other's.
        Assert.All(BdEntry.All([Codec("a", ("p", 1), ("q", 1)), Codec("b", ("p", 0.5))], "a"), part => Assert.Null(part.PsnrMeanOfPictures));
    }

    [Fact]
    public void TheTableNamesMeansAndDeltas()
    {
        var document = new ResultsDocument { Codecs = [Codec("first", ("p", 1)), Codec("second", ("p", 0.5))] };
        document.Derive("first");
        string table = ConsoleTable.Render(new Comparison(document, "first"));
        Assert.Contains("first: a fake", table, StringComparison.Ordinal);
        Assert.Contains("Against first", table, StringComparison.Ordinal);
        Assert.Contains("-50.00", table, StringComparison.Ordinal);
    }

    /// <summary>A curve that reaches further is compared over what both reach, and that is told.</summary>
    [Fact]
    public void TheRangeIsWhatBothReach()
    {
        CodecResult wide = Codec("wide", ("p", 1)), narrow = Codec("narrow", ("p", 0.5));
        narrow.Pictures[0].Points.RemoveAll(point => point.Quality is 1 or 5);
        narrow.Results = MeanCurve.Of(narrow.Pictures);
        BdEntry entry = BdEntry.All([wide, narrow], "wide")[0];
        Assert.Equal((31.0, 37.0), (entry.PsnrFrom!.Value, entry.PsnrTo!.Value));
        Assert.Equal(-50, entry.Psnr!.Value, 6);
    }

    private static CodecResult Codec(string name, params (string Hash, double Scale)[] pictures)
    {
        var codec = new CodecResult { Name = name, Description = "a fake", Version = "1", Settings = "", Lossless = false, Timing = CodecTiming.Library };
        foreach ((string hash, double scale) in pictures)
        {
            var picture = new PictureResult { File = hash, Hash = hash, Width = 1, Height = 1 };
            for (int quality = 1; quality <= 5; quality++)
            {
                picture.Add(new Point
                {
                    Quality = quality,
                    Bytes = 1,
                    BitsPerPixel = scale * Math.Pow(2, quality) / 10,
                    Psnr = 25 + (3 * quality),
                    PsnrY = 25 + (3 * quality),
                    Ssim = 0.5,
                    MsSsim = 1 - Math.Pow(10, -quality / 3.0),
                    MaxError = 1,
                    EncodeSeconds = 1,
                    DecodeSeconds = 1,
                });
            }

            codec.Pictures.Add(picture);
        }

        codec.Results = MeanCurve.Of(codec.Pictures);
        return codec;
    }
}
