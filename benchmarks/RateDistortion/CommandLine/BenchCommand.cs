using System.CommandLine;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Pictures;
using VaeCodec.RateDistortion.Programs;
using VaeCodec.RateDistortion.Reports;
using VaeCodec.RateDistortion.Reports.Html;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.CommandLine;

/// <summary>The command line: a folder of pictures in; a table, JSON and CSV out.</summary>
internal sealed class BenchCommand : RootCommand
{
    private const int Ok = 0;
    private const int SomethingFailed = 1;
    private const int Usage = 2;
    private const int Cancelled = 130;

    private readonly Argument<DirectoryInfo> _folder = new("DIR") { Description = "The folder of pictures: PNG, PNM, JPEG" };

    private readonly Option<string[]> _codecs = new("--codecs")
    {
        Description = $"Codecs, separated by commas: {string.Join(", ", CodecCatalogue.Names)} [default: all that are installed]",
        HelpName = "NAMES",
    };

    private readonly Option<string[]> _models = new("--model") { Description = "A .vaemodel file for vae, or standard; may be repeated", HelpName = "FILE" };

    private readonly Option<string[]> _qualities = new("--qualities")
    {
        Description = "Qualities for all lossy codecs (10,50,90) or for one (webp=10,50,90); may be repeated",
        HelpName = "[CODEC=]LIST",
    };

    private readonly Option<string?> _json = new("--json") { Description = "Results file; points that it holds are not measured again", HelpName = "FILE" };
    private readonly Option<string?> _csv = new("--csv") { Description = "All points as comma-separated values", HelpName = "FILE" };
    private readonly Option<string?> _compressAi = new("--compressai") { Description = "A file for each codec as CompressAI's plotting script reads it", HelpName = "FOLDER" };
    private readonly Option<string?> _html = new("--html") { Description = "A report with curves, in one file", HelpName = "FILE" };
    private readonly Option<double> _cropRate = new("--crop-bpp") { Description = "Bits per pixel at which the report shows parts of pictures side by side", HelpName = "RATE", DefaultValueFactory = _ => 0.5 };
    private readonly Option<string> _baseline = new("--baseline") { Description = "The codec that BD-rates are against", HelpName = "NAME", DefaultValueFactory = _ => "jpeg420" };

    public BenchCommand()
        : base("Measures codecs over a folder of pictures with real files: rate, PSNR, SSIM, MS-SSIM, time, memory, BD-rate.")
    {
        Add(_folder);
        Add(_codecs);
        Add(_models);
        Add(_qualities);
        Add(_json);
        Add(_csv);
        Add(_compressAi);
        Add(_html);
        Add(_cropRate);
        Add(_baseline);
        SetAction(RunAsync);
    }

    private static string[] Words(string[]? values)
        => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken ct)
    {
        try
        {
            return await MeasureAsync(arguments, ct);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("RateDistortion: stopped; the same command goes on where it stood");
            return Cancelled;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not DirectoryNotFoundException))
        {
            await Console.Error.WriteLineAsync($"RateDistortion: {exception.Message}");
            return SomethingFailed;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException or DirectoryNotFoundException or VaeModelException)
        {
            await Console.Error.WriteLineAsync($"RateDistortion: {exception.Message}");
            return Usage;
        }
    }

    private async Task<int> MeasureAsync(ParseResult arguments, CancellationToken ct)
    {
        string folder = arguments.GetRequiredValue(_folder).FullName;
        string[] files = PictureFiles.List(folder);
        if (!(arguments.GetValue(_cropRate) > 0))
        {
            throw new ArgumentException("--crop-bpp must be above 0.");
        }

        if (files.Length == 0)
        {
            throw new ArgumentException($"{folder} holds no pictures (.png, .ppm, .pgm, .pnm, .jpg, .jpeg).");
        }

        string baseline = arguments.GetRequiredValue(_baseline);
        string[] names = Words(arguments.GetValue(_codecs));
        IReadOnlyList<ICodec> codecs = CodecCatalogue.Create(names.Length == 0 ? CodecCatalogue.Names : names, arguments.GetValue(_models) ?? [], Note);
        var choice = QualityChoice.Parse(arguments.GetValue(_qualities) ?? [], codecs);
        CodecPlan[] plans = [.. codecs.Select(codec => CodecPlan.For(codec, choice.For(codec)))];
        if (!ExternalProgram.MeasuresMemory)
        {
            Note("peak memory is not measured: GNU time is not installed (Debian: apt-get install time)");
        }

        var results = ResultsFile.Open(arguments.GetValue(_json), baseline);
        var runner = new BenchRunner(results, Note);
        await runner.RunAsync(files, plans, ct);
        if (arguments.GetValue(_csv) is { } csv)
        {
            CsvFile.Write(csv, results.Document);
        }

        if (arguments.GetValue(_html) is { } html)
        {
            var gallery = new CropGallery(arguments.GetValue(_cropRate));
            HtmlReport.Write(html, results.Document, baseline, await gallery.BuildAsync(files, plans, ct));
        }

        if (arguments.GetValue(_compressAi) is { } compressAi)
        {
            CompressAiFile.WriteAll(compressAi, results.Document.Current);
        }

        Console.WriteLine(ConsoleTable.Render(results.Document, baseline));
        Note($"{runner.Measured} points measured, {runner.Reused} taken from the results file, {results.Document.Failures.Count} failures");
        return results.Document.Failures.Count == 0 ? Ok : SomethingFailed;
    }

    private static void Note(string line) => Console.Error.WriteLine(line);
}
