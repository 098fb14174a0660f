using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>vaecodec encode: picture to .vae.</summary>
internal sealed class EncodeCommand : ToolCommand
{
    private const string Extension = ".vae";
    private const int LargestMaxError = 32767;
    private const int SmallestTile = 256;
    private const int LargestTile = 4096;
    private const int TileStep = 64;

    private readonly Argument<string> _input = SharedOptions.Input("The picture: PNG, PNM or JPEG");
    private readonly Argument<string?> _output = SharedOptions.Output("The .vae file; by default IN with the extension .vae");
    private readonly Option<string?> _outputOption = SharedOptions.OutputOption();
    private readonly Option<int> _quality = OptionParsers.Integer("--quality", "1 (smallest file) to 100 (nearest to the original).", 1, 100, 50, "-q");
    private readonly Option<bool> _lossless = OptionParsers.Flag(SharedOptions.LosslessName, "Keep every sample exactly; takes no quality or model, and decodes without a model.");
    private readonly Option<int> _maxError = OptionParsers.Integer(SharedOptions.MaxErrorName, "Near-lossless: no colour sample is wrong by more than N levels of the picture's own depth; takes no quality or model, and decodes without a model.", 1, LargestMaxError, null);
    private readonly Option<int> _alphaQuality = OptionParsers.Integer("--alpha-quality", "Quality of alpha, 1 to 100; at 100 it is exact. Below, transparent and opaque stay what they are.", 1, 100, 100);
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<int> _effort = OptionParsers.Integer("--effort", "Work to put into a better file: 1 rounds, 2 weighs each symbol's bits against its error, 3, 4 and 5 search through the decoder's network, some 15, 30 and 20 to 90 times as long.", 1, VaeEncoderOptions.HighestEffort, VaeEncoderOptions.DefaultEffort, "-e");
    private readonly Option<bool> _verify = OptionParsers.Flag("--verify", "Decode what was written before the file appears, and print its PSNR.");
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<string?> _model = SharedOptions.Model("The model: a built-in name, or a .vaemodel file [default: standard]");
    private readonly Option<int> _tileSize = OptionParsers.Integer("--tile-size", "Side of a tile in pixels: a multiple of 64; where it is not given, lossless and near-lossless files have 1024, and pages (text, drawings, screens) 1024 to 1536.", SmallestTile, LargestTile, 512);
    private readonly Option<long?> _maxPixels = SharedOptions.MaxPixels();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    public EncodeCommand()
        : base(
            "encode",
            "Encode a picture to a .vae file.",
            "Examples:",
            "  vaecodec encode photo.png                       write photo.vae at quality 50",
            "  vaecodec encode photo.png small.vae -q 20 -f    smaller, replacing small.vae",
            "  vaecodec encode scan.png --lossless             every sample kept",
            "  vaecodec encode scan.png --max-error 2          no colour sample wrong by more than 2 levels",
            "  vaecodec encode photo.jpg --verify -v           check the result and print details",
            "  pngtopnm in.png | vaecodec encode - out.vae     from a pipe")
    {
        Add(_input);
        Add(_output);
        Add(_outputOption);
        Add(_quality);
        Add(_effort);
        Add(_lossless);
        Add(_maxError);
        Add(_alphaQuality);
        Add(_force);
        Add(_verify);
        Add(_threads);
        Add(_model);
        Add(_tileSize);
        Add(_maxPixels);
        Add(_maxMemory);
        AddVerbosity();
        _tileSize.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0)
            {
                return;
            }

            if (int.TryParse(result.Tokens[0].Value, out int size) && size % TileStep != 0)
            {
                result.AddError($"'{size}' is not a multiple of {TileStep} (--tile-size)");
            }
        });
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string inputPath = arguments.GetRequiredValue(_input);
        string outputPath = FilePaths.ChooseOutput(inputPath, arguments.GetValue(_output), arguments.GetValue(_outputOption), Extension);
        bool verify = arguments.GetValue(_verify);
        if (verify && (inputPath == FilePaths.Dash || outputPath == FilePaths.Dash))
        {
            throw new UsageException("--verify reads the picture and the result again, so neither can be a pipe");
        }

        bool lossless = arguments.GetValue(_lossless);
        if (lossless && FirstGiven(arguments, _quality, _model, _maxError, _alphaQuality) is { } needless)
        {
            throw new UsageException($"{needless.Name} says how samples may change, and with {SharedOptions.LosslessName} none does; leave one of them out");
        }

        int maxError = arguments.GetValue(_maxError);
        if (maxError > 0 && FirstGiven(arguments, _quality, _model) is { } other)
        {
            throw new UsageException($"{other.Name} is for the networks, and with {SharedOptions.MaxErrorName} samples are coded without them; leave one of them out");
        }

        await using InputFile input = InputFile.Open(inputPath);
        await using OutputFile output = OutputFile.Open(outputPath, arguments.GetValue(_force), input.Path);
        var options = new VaeEncoderOptions
        {
            Lossless = lossless,
            MaxError = maxError,
            AlphaQuality = arguments.GetValue(_alphaQuality),
            Quality = arguments.GetValue(_quality),
            Effort = arguments.GetValue(_effort),
            Model = ModelChoice.Find(arguments.GetValue(_model)),
            Threads = arguments.GetValue(_threads),
            Limits = SharedOptions.Limits(arguments, _maxPixels, _maxMemory),
        };
        if (arguments.GetResult(_tileSize) is { Implicit: false })
        {
            options = options with { TileSize = arguments.GetValue(_tileSize) };
        }

        run.Subject = input.Name;
        long start = Stopwatch.GetTimestamp();
        VaeEncodeResult result = await EncodeAsync(run, input, output, options).ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        ComparingSink? verified = verify ? await VerifyAsync(run, inputPath, output, options).ConfigureAwait(false) : null;

        run.Subject = output.Name;
        await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
        Report(run, input, output, options, result, elapsed);
        if (verified is not null)
        {
            string alpha = verified.AlphaPsnr is { } value ? $", alpha {Decibels.Format(value)} dB" : "";
            run.Result($"{output.Name}: verified, PSNR {Decibels.Format(verified.Psnr)} dB{alpha}");
        }

        return ExitCode.Ok;
    }

    private static Option? FirstGiven(ParseResult arguments, params IEnumerable<Option> options)
        => options.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false });

    private static async Task<VaeEncodeResult> EncodeAsync(CommandRun run, InputFile input, OutputFile output, VaeEncoderOptions options)
    {
        CancellationToken stop = run.CancellationToken;
        await using IPictureReader picture = await PictureReader.OpenAsync(input.Stream, options.Limits, stop).ConfigureAwait(false);
        int largest = picture.Picture.MaxSample / 2;
        if (options.MaxError > largest)
        {
            throw new UsageException($"{SharedOptions.MaxErrorName} is at most {largest} for samples of {picture.Picture.BitDepth} bits, which {input.Name} has");
        }

        using ConsoleProgress? progress = run.StartProgress("encoding");
        VaeEncodeResult result = await VaeEncoder.EncodeAsync(picture, output.Stream, options with { Progress = progress }, stop).ConfigureAwait(false);
        await picture.CompleteAsync(stop).ConfigureAwait(false);
        return result;
    }

    private static async Task<ComparingSink> VerifyAsync(CommandRun run, string inputPath, OutputFile output, VaeEncoderOptions options)
    {
        if (output.PartialPath is not { } written)
        {
            throw new UsageException("--verify needs an output that can be read again, and a device cannot");
        }

        CancellationToken stop = run.CancellationToken;
        run.Subject = output.Name;
        await output.FlushAsync(stop).ConfigureAwait(false);
        await using InputFile original = InputFile.Open(inputPath);
        await using IPictureReader picture = await PictureReader.OpenAsync(original.Stream, options.Limits, stop).ConfigureAwait(false);
        var sink = new ComparingSink(picture);
        await using var encoded = new FileStream(written, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.Asynchronous);
        using ConsoleProgress? progress = run.StartProgress("verifying");
        var decoderOptions = new VaeDecoderOptions
        {
            Models = options.Model is { } model ? [model] : [],
            Threads = options.Threads,
            Limits = options.Limits,
            Progress = progress,
        };
        await DecodeJob.RunAsync(encoded, sink, decoderOptions, null, stop).ConfigureAwait(false);
        return sink;
    }

    private static void Report(CommandRun run, InputFile input, OutputFile output, VaeEncoderOptions options, VaeEncodeResult result, TimeSpan elapsed)
    {
        run.Note($"{input.Name} -> {output.Name}: {result.Width} x {result.Height}, {ByteSize.Format(result.FileBytes)}, {result.BitsPerPixel:0.000} bits per pixel");
        if (run.Verbosity > 0)
        {
            string kind = options switch
            {
                { Lossless: true } => "lossless",
                { MaxError: > 0 } => string.Create(CultureInfo.InvariantCulture, $"near-lossless, error at most {options.MaxError}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"quality {options.Quality}"),
            };
            run.Detail($"  {kind}, {result.TileCount} tiles of {options.TileSize} px");
            VaeModel? model = options.Lossless || options.MaxError > 0 ? null : options.Model ?? VaeModel.Standard;
            RunDetails.Write(run, result.Width, result.Height, elapsed, model is null ? null : $"{model.Name} {model.Identity}");
        }
    }
}
