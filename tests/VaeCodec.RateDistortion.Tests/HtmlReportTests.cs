using System.Xml.Linq;
using VaeCodec.Imaging;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Programs;
using VaeCodec.RateDistortion.Reports;
using VaeCodec.RateDistortion.Reports.Charts;
using VaeCodec.RateDistortion.Reports.Html;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public class HtmlReportTests
{
    [Fact]
    public void AxesHaveRoundTicksWithinTheDrawing()
    {
        var logarithmic = new AxisScale([0.14, 3.1], 100, 500, true);
        Assert.Equal(["0.2", "0.5", "1", "2"], logarithmic.Ticks.Select(tick => tick.Text));
        Assert.Equal(logarithmic.At(2) - logarithmic.At(1), logarithmic.At(1) - logarithmic.At(0.5), 9);
        var linear = new AxisScale([24.0, 44], 400, 10, false);
        Assert.Equal(["25", "30", "35", "40"], linear.Ticks.Select(tick => tick.Text));
        Assert.All(linear.Ticks, tick => Assert.InRange(linear.At(tick.Value), 10, 400));
    }

    [Fact]
    public void NamesBesideTheLinesDoNotOverlap()
    {
        ChartSeries[] series = [.. Enumerable.Range(0, 8).Select(style => new ChartSeries($"n{style}", style, [(1, 20, "a"), (2, 30 + (style * 0.01), "b")]))];
        XElement svg = XElement.Parse(new SvgChart("t", "x", "y", true).Draw(series));
        double[] places = [.. svg.Descendants("text").Where(text => (string?)text.Attribute("class") == "name").Select(text => (double)text.Attribute("y")!).Order()];
        Assert.Equal(8, places.Length);
        Assert.All(places.Skip(1).Zip(places), pair => Assert.True(pair.First - pair.Second >= 14.9));
        Assert.InRange(places[^1], 0, 480);
    }

    [Fact]
    public void NamesAndMessagesCannotBreakThePage()
    {
        var codec = new CodecResult { Name = "<b>", Description = "\"&<script>", Version = "1", Settings = "", Lossless = false, Timing = CodecTiming.Library };
        var picture = new PictureResult { File = "p", Hash = "h", Width = 4, Height = 4 };
        foreach (int quality in (int[])[1, 2])
        {
            picture.Add(new Point { Quality = quality, Bytes = 1, BitsPerPixel = quality, Psnr = 30 + quality, Ssim = 0.5, MsSsim = 0.9, MaxError = 1, EncodeSeconds = 1, DecodeSeconds = 1 });
        }

        codec.Pictures.Add(picture);
        var document = new ResultsDocument { Codecs = [codec], Failures = [new Failure("</ul>", null, null, "<img>")] };
        document.Derive("<b>");
        string html = HtmlReport.Render(new Comparison(document, "<b>"));
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheGalleryShowsEachCodecNearestToTheRate()
    {
        using var folder = new BenchFolder();
        await folder.AddPictureAsync("a.png", 200, 190);
        await File.WriteAllTextAsync(Path.Combine(folder.Pictures, "b.png"), "no picture");
        CodecPlan[] plans = [CodecPlan.For(new FakeCodec("fake"), null), CodecPlan.For(new FakeCodec("broken") { Fails = (_, _) => new ProgramFailureException("fake", 3, "on purpose") }, null), CodecPlan.For(new FakeCodec("exact", lossless: true), null)];

        // The fake's files have 1000 bytes for each step of quality: 8 * 31000 / 38000 bits per pixel at 30.
        string html = await new CropGallery(8 * 31000 / 38000.0).BuildAsync(PictureFolder.Files(folder.Pictures), plans, default);
        Assert.Contains("<b>fake</b> 30: ", html, StringComparison.Ordinal);
        Assert.Contains("broken: fake ended with exit code 3", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>exact", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("data:image/png;base64,").Length - 1);
    }

    [Fact]
    public void ThePartIsWhereThePictureVaries()
    {
        byte[] pixels = new byte[400 * 300 * 3];
        new Random(1).NextBytes(pixels.AsSpan(400 * 200 * 3));
        Crop crop = Crop.Choose(pixels, 400, 300);
        Assert.Equal(112, crop.Top);
        Assert.Equal(new Crop(0, 0, 20, 10), Crop.Choose(new byte[20 * 10 * 3], 20, 10));
    }
}
