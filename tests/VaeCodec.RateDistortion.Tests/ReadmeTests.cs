using System.Text;
using System.Text.Json;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Reports.Readme;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public sealed class ReadmeTests : IDisposable
{
    private const string Curves = """{"other": {"source": "a|paper", "points": [{"bpp": 0.05, "psnr": 28}, {"bpp": 0.1, "psnr": 31}, {"bpp": 0.2, "psnr": 34}, {"bpp": 0.4, "psnr": 37}, {"bpp": 0.8, "psnr": 40}]}}""";

    private static readonly string s_begin = ReadmeFile.Begin(ReadmeFile.RateDistortion), s_end = ReadmeFile.End(ReadmeFile.RateDistortion);

    private readonly BenchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void OnlyWhatStandsBetweenTheMarkersChanges(string lineEnd)
    {
        string before = $"# Title{lineEnd}Prose that names {s_begin} in a line.{lineEnd}{s_begin}{lineEnd}";
        string after = $"{s_end}{lineEnd}The rest";
        File.WriteAllText(_folder["README.md"], $"{before}old{lineEnd}{lineEnd}{after}");
        ReadmeFile file = ReadmeFile.Open(_folder["README.md"], ReadmeFile.RateDistortion);
        file.Write("new\nlines\n");
        string expected = $"{before}new{lineEnd}lines{lineEnd}{after}";
        Assert.Equal(expected, File.ReadAllText(_folder["README.md"]));
        file.Write("new\nlines\n");
        Assert.Equal(expected, File.ReadAllText(_folder["README.md"]));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("<!-- rate-distortion:begin -->\n")]
    [InlineData("<!-- rate-distortion:end -->\n<!-- rate-distortion:begin -->\n")]
    [InlineData("<!-- rate-distortion:begin -->\n<!-- rate-distortion:begin -->\n<!-- rate-distortion:end -->\n")]
    [InlineData("  <!-- rate-distortion:begin -->\n<!-- rate-distortion:end -->\n")]
    public void MarkersThatAreNotOnePairAreRefused(string text)
    {
        File.WriteAllText(_folder["README.md"], text);
        var exception = Assert.Throws<BenchUsageException>(() => ReadmeFile.Open(_folder["README.md"], ReadmeFile.RateDistortion));
        Assert.Contains(s_begin, exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder["README.md"]));
    }

    [Fact]
    public async Task AResultsFileAloneMakesTheReadmeAndTheChart()
    {
        byte[] json = WriteResults(("base", 1), ("vae", 0.5));
        Directory.CreateDirectory(_folder["docs"]);
        File.WriteAllText(_folder["curves.json"], Curves);
        File.WriteAllText(_folder["README.md"], $"before\n{s_begin}\nold\n{s_end}\nafter\n");
        (int exitCode, _, string error) = await BenchProcess.RunAsync(
            _folder["nothing"], "--report-only", "--json", _folder["out.json"], "--baseline", "base", "--overlay", "other", "--overlay-file", _folder["curves.json"],
            "--readme", _folder["README.md"], "--svg", _folder["docs/rate distortion.svg"], "--html", _folder["report.html"]);
        Assert.True(exitCode == 0, error);
        string[] lines = File.ReadAllLines(_folder["README.md"]);
        Assert.Equal(["before", s_begin], lines[..2]);
        Assert.Equal([s_end, "after"], lines[^2..]);
        Assert.Contains("| quality | 1 | 2 | 3 | 4 | 5 |", lines);
        Assert.Contains("| bits per pixel | 0.100 | 0.200 | 0.400 | 0.800 | 1.600 |", lines);
        Assert.Contains("| PSNR (RGB), dB | 28.00 | 31.00 | 34.00 | 37.00 | 40.00 |", lines);
        Assert.Contains("| vae | -50.0 % | -50.0 % | 28.0 to 40.0 dB | vae, a codec; vae 1.2, model aaaaaaaa |", lines);
        Assert.Contains("| other (published) | -75.0 % | – | 28.0 to 40.0 dB | not measured here: a\\|paper |", lines);
        Assert.Contains(lines, line => line.Contains("against `base`, base, a codec; base 1.2, model aaaaaaaa", StringComparison.Ordinal));
        Assert.Contains("a processor; 2 processors; a system; a runtime.", lines);
        Assert.Contains(lines, line => line.StartsWith("Real files, one picture (p.png), means; 2026-02-03", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("](docs/rate%20distortion.svg)", StringComparison.Ordinal));
        // What is shown is not the standard model, which would be measured without a word.
        Assert.Contains("vaecodec bench DIR --json out.json --model FILE", lines);
        Assert.DoesNotContain(_folder.Path, string.Join('\n', lines), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["docs/rate distortion.svg"]));
        Assert.True(File.Exists(_folder["report.html"]));
        Assert.Equal(json, File.ReadAllBytes(_folder["out.json"]));
    }

    [Fact]
    public async Task LosslessCodecsOfTheSamePicturesStandInTheReadme_TheBestFirst()
    {
        ResultsDocument document = SampleResults.Of(("base", 1), ("vae", 0.5));
        document.Codecs.AddRange([SampleResults.Lossless("png", 12.345), SampleResults.Lossless("vae-lossless", 8.2), SampleResults.Lossless("elsewhere", 1, "another")]);
        File.WriteAllBytes(_folder["out.json"], JsonSerializer.SerializeToUtf8Bytes(document, ResultsJson.Default.ResultsDocument));
        File.WriteAllText(_folder["README.md"], $"{s_begin}\n{s_end}\n");
        (int exitCode, _, string error) = await BenchProcess.RunAsync(null, "--report-only", "--json", _folder["out.json"], "--readme", _folder["README.md"]);
        Assert.True(exitCode == 0, error);
        string[] lines = File.ReadAllLines(_folder["README.md"]);
        int table = Array.IndexOf(lines, "Without loss, means of the same pictures:");
        Assert.Equal(["| vae-lossless | 8.20 | vae-lossless, a codec; vae-lossless 1.2 |", "| png | 12.35 | png, a codec; png 1.2 |", ""], lines[(table + 4)..(table + 7)]);
    }

    [Fact]
    public async Task WithoutACurveOfVaeTheReadmeStays()
    {
        WriteResults(("base", 1));
        string text = $"{s_begin}\nold\n{s_end}\n";
        File.WriteAllText(_folder["README.md"], text);
        (int exitCode, _, string error) = await BenchProcess.RunAsync(null, "--report-only", "--json", _folder["out.json"], "--readme", _folder["README.md"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("no curve of vae", error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder["README.md"]));
    }

    [Theory]
    [InlineData("--codecs", "vae")]
    [InlineData("--qualities", "30")]
    [InlineData("--overlay-file", "out.json")]
    [InlineData("--crop-bpp", "0.4")]
    public async Task OptionsOfMeasuringHaveNoPlaceInAReport(string option, string value)
    {
        WriteResults(("vae", 1));
        (int exitCode, _, string error) = await BenchProcess.RunAsync(null, "--report-only", "--json", _folder["out.json"], option, value);
        Assert.Equal(2, exitCode);
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    private byte[] WriteResults(params (string Name, double Scale)[] codecs)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(SampleResults.Of(codecs), ResultsJson.Default.ResultsDocument);
        File.WriteAllBytes(_folder["out.json"], json);
        return json;
    }

    [Fact]
    public void AMarkOfTheByteOrderStays_AndWhatIsNoUtf8IsRefused()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF], marked = [.. mark, .. Encoding.UTF8.GetBytes($"{s_begin}\nold\n{s_end}\ncafé\n")];
        File.WriteAllBytes(_folder["README.md"], marked);
        ReadmeFile.Open(_folder["README.md"], ReadmeFile.RateDistortion).Write("new\n");
        Assert.Equal([.. mark, .. Encoding.UTF8.GetBytes($"{s_begin}\nnew\n{s_end}\ncafé\n")], File.ReadAllBytes(_folder["README.md"]));

        byte[] latin = Encoding.Latin1.GetBytes($"{s_begin}\nold\n{s_end}\ncafé\n");
        File.WriteAllBytes(_folder["README.md"], latin);
        Assert.Contains("UTF-8", Assert.Throws<BenchUsageException>(() => ReadmeFile.Open(_folder["README.md"], ReadmeFile.RateDistortion)).Message, StringComparison.Ordinal);
        Assert.Equal(latin, File.ReadAllBytes(_folder["README.md"]));
    }
}
