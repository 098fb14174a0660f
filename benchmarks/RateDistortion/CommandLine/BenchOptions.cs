using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VaeCodec.RateDistortion.Codecs;

namespace VaeCodec.RateDistortion.CommandLine;

/// <summary>The arguments of a measurement. This program and the tool's bench command have the same ones.</summary>
internal sealed class BenchOptions
{
    private readonly Argument<string?> _folder = new("DIR")
    {
        Description = "The folder of pictures: PNG, PNM, JPEG; none with --report-only",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _codecs = new("--codecs")
    {
        Description = $"Codecs, separated by commas: {string.Join(", ", CodecCatalogue.Names)} [default: all that are installed, of vae the default effort and those below it]",
        HelpName = "NAMES",
    };

    private readonly Option<string[]> _models = new("--model") { Description = "A .vaemodel file for vae, or standard; may be repeated", HelpName = "FILE" };

    private readonly Option<string[]> _qualities = new("--qualities")
    {
        Description = "Qualities for all lossy codecs (10,50,90) or for one (webp=10,50,90); may be repeated",
        HelpName = "[CODEC=]LIST",
    };

    private readonly Option<string?> _json = new("--json") { Description = "Results file; points that it holds are not measured again", HelpName = "FILE" };
    private readonly Option<bool> _reportOnly = new("--report-only") { Description = "Make reports of what the results file holds; measure nothing", Arity = ArgumentArity.Zero };
    private readonly Option<string?> _csv = new("--csv") { Description = "All points as comma-separated values", HelpName = "FILE" };
    private readonly Option<string?> _compressAi = new("--compressai") { Description = "A file for each codec as CompressAI's plotting script reads it", HelpName = "FOLDER" };
    private readonly Option<string?> _html = new("--html") { Description = "A report with curves, in one file", HelpName = "FILE" };
    private readonly Option<string?> _svg = new("--svg") { Description = "The chart of PSNR over bits per pixel", HelpName = "FILE" };
    private readonly Option<string?> _readme = new("--readme") { Description = "Rewrite the lines of a Markdown file between the rate-distortion markers", HelpName = "FILE" };
    private readonly Option<double> _cropRate = new("--crop-bpp")
    {
        Description = "Bits per pixel at which the report shows parts of pictures side by side",
        HelpName = "RATE",
        DefaultValueFactory = _ => BenchRequest.UsualCropRate,
        CustomParser = ReadRate,
    };

    private readonly Option<string> _baseline = new("--baseline") { Description = "The codec that BD-rates are against", HelpName = "NAME", DefaultValueFactory = _ => BenchRequest.UsualBaseline };
    private readonly Option<string[]> _overlays = new("--overlay") { Description = "Published curves to show beside what was measured, separated by commas", HelpName = "NAMES" };
    private readonly Option<string?> _overlayFile = new("--overlay-file") { Description = "The JSON file that holds the published curves", HelpName = "FILE" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        // A mistyped option must not become a folder.
        _folder.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"unknown option '{token.Value}' (a folder of that name is ./{token.Value})");
            }
        });
        command.Add(_folder);
        foreach (Option option in (Option[])[_codecs, _models, _qualities, _json, _reportOnly, _csv, _compressAi, _html, _cropRate, _svg, _readme, _baseline, _overlays, _overlayFile])
        {
            command.Add(option);
        }
    }

    /// <summary>What the user asks for.</summary>
    public BenchRequest Read(ParseResult arguments) => new()
    {
        Folder = arguments.GetValue(_folder),
        ReportOnly = arguments.GetValue(_reportOnly),
        Codecs = Words(arguments.GetValue(_codecs)),
        Models = arguments.GetValue(_models) ?? [],
        Qualities = arguments.GetValue(_qualities) ?? [],
        Json = arguments.GetValue(_json),
        Csv = arguments.GetValue(_csv),
        CompressAi = arguments.GetValue(_compressAi),
        Html = arguments.GetValue(_html),
        Svg = arguments.GetValue(_svg),
        Readme = arguments.GetValue(_readme),
        ChosenCropRate = arguments.GetResult(_cropRate) is { Implicit: false } ? arguments.GetValue(_cropRate) : null,
        ChosenBaseline = arguments.GetResult(_baseline) is { Implicit: false } ? arguments.GetRequiredValue(_baseline) : null,
        Overlays = Words(arguments.GetValue(_overlays)),
        OverlayFile = arguments.GetValue(_overlayFile),
    };

    private static double ReadRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate > 0 && double.IsFinite(rate))
        {
            return rate;
        }

        result.AddError($"'{text}' is not a number above 0 (--crop-bpp)");
        return 0;
    }

    private static string[] Words(string[]? values)
        => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
