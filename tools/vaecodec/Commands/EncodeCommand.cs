using System.CommandLine;

namespace VaeCodec.Tool;

/// <summary>vaecodec encode: pictures to .vae.</summary>
internal sealed class EncodeCommand : ToolCommand
{
    private const int LargestMaxError = 32767;
    private const int SmallestTile = 256;
    private const int LargestTile = 4096;
    private const int TileStep = 64;

    private static readonly FileKinds s_kinds = new("encoded", PictureFiles.IsRead, ".vae", "pictures", DecodeCommand.IsCoded, Decodes: false);

    private readonly BatchArguments _files = new("Pictures: PNG, PNM or JPEG", "by default IN with the extension .vae");
    private readonly Option<int> _quality = OptionParsers.Integer("--quality", "1 (smallest file) to 100 (nearest to the original).", 1, 100, 50, "-q");
    private readonly Option<long?> _targetSize = OptionParsers.Size("--target-size", "In place of a quality: the largest file of at most SIZE bytes (100k, 1.5MiB), within 2 % where the picture allows. Encodes several times.");
    private readonly Option<double?> _targetBits = OptionParsers.Positive("--target-bpp", "The same, in bits for a pixel.", "BITS");
    private readonly Option<double?> _targetPsnr = OptionParsers.Positive("--target-psnr", "In place of a quality: one that reaches a PSNR of so many dB, as compare measures it; of photographs at most 0.3 dB more.", "DB");
    private readonly Option<bool> _lossless = OptionParsers.Flag(SharedOptions.LosslessName, "Keep every sample exactly; takes no quality or model, and decodes without a model.");
    private readonly Option<int> _maxError = OptionParsers.Integer(SharedOptions.MaxErrorName, "Near-lossless: no colour sample is wrong by more than N levels of the picture's own depth; takes no quality or model, and decodes without a model.", 1, LargestMaxError, null);
    private readonly Option<int> _alphaQuality = OptionParsers.Integer("--alpha-quality", "Quality of alpha, 1 to 100; at 100 it is exact. Below, transparent and opaque stay what they are.", 1, 100, 100);
    private readonly Option<int> _effort = OptionParsers.Integer("--effort", "Work to put into a better file: 1 rounds, 2 weighs each symbol's bits against its error, 3, 4 and 5 search through the decoder's network, some 15, 30 and 20 to 90 times as long.", 1, VaeEncoderOptions.HighestEffort, VaeEncoderOptions.DefaultEffort, "-e");
    private readonly Option<bool> _verify = OptionParsers.Flag("--verify", "Decode what was written before the file appears, and print its PSNR.");
    private readonly MetadataArguments _metadata = new();
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<string?> _model = SharedOptions.Model("The model: a built-in name, or a .vaemodel file [default: standard]");
    private readonly Option<int> _tileSize = OptionParsers.Integer("--tile-size", "Side of a tile in pixels: a multiple of 64 from 256 to 4096; where it is not given, lossless and near-lossless files have 1024, and pages (text, drawings, screens) 1024 to 1536.", SmallestTile, LargestTile, 512);
    private readonly Option<long?> _maxPixels = SharedOptions.MaxPixels();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    public EncodeCommand()
        : base(
            "encode",
            "Encode pictures to .vae files.",
            "Examples:",
            "  vaecodec encode photo.png                       write photo.vae at quality 50",
            "  vaecodec encode photo.png small.vae -q 20 -f    smaller, replacing small.vae",
            "  vaecodec encode photo.png --target-size 100k    the best that fits into 100,000 bytes",
            "  vaecodec encode scan.png --lossless             every sample kept",
            "  vaecodec encode scan.png --max-error 2          no colour sample wrong by more than 2 levels",
            "  vaecodec encode photo.jpg --verify -v           check the result and print details",
            "  vaecodec encode -r photos --output-dir coded    all pictures in a folder, in the same folders below coded",
            "  pngtopnm in.png | vaecodec encode - out.vae     from a pipe")
    {
        Details = BatchArguments.Details;
        _files.AddFilesTo(this);
        Add(_quality);
        Add(_targetSize);
        AddAdvanced(_targetBits);
        Add(_targetPsnr);
        Add(_effort);
        Add(_lossless);
        Add(_maxError);
        AddAdvanced(_alphaQuality);
        Add(_verify);
        _metadata.AddTo(this);
        _files.AddBatchTo(this);
        Add(_threads);
        AddAdvanced(_model);
        AddAdvanced(_tileSize);
        AddAdvanced(_maxPixels);
        AddAdvanced(_maxMemory);
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

    protected override Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        FileSelection files = _files.Select(arguments, s_kinds);
        EncodeSettings settings = ReadSettings(arguments);
        return _files.Runner(arguments, settings.Options.Threads).RunAsync(run, files, s_kinds, (own, item, threads) => EncodeJob.RunAsync(own, item, settings, threads));
    }

    private EncodeSettings ReadSettings(ParseResult arguments)
    {
        bool lossless = arguments.GetValue(_lossless);
        int maxError = arguments.GetValue(_maxError);
        Option[] targets = [_targetSize, _targetBits, _targetPsnr];
        if (lossless && FirstGiven(arguments, [_quality, _model, _maxError, _alphaQuality, .. targets]) is { } needless)
        {
            throw new UsageException($"{needless.Name} says how samples may change, and with {SharedOptions.LosslessName} none does; leave one of them out");
        }

        if (maxError > 0 && FirstGiven(arguments, [_quality, _model, .. targets]) is { } other)
        {
            throw new UsageException($"{other.Name} is for the networks, and with {SharedOptions.MaxErrorName} samples are coded without them; leave one of them out");
        }

        Option[] choices = [.. targets.Prepend(_quality).Where(option => FirstGiven(arguments, option) is not null)];
        if (choices.Length > 1)
        {
            throw new UsageException($"{choices[0].Name} and {choices[1].Name} both choose the quality; leave one of them out");
        }

        VaeEncoderOptions options = new()
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

        return new EncodeSettings(options, _files.Force(arguments), arguments.GetValue(_verify), _metadata.Left(arguments), ReadTarget(arguments));
    }

    private VaeTarget? ReadTarget(ParseResult arguments)
        => arguments.GetValue(_targetSize) is { } bytes ? VaeTarget.FileBytes(bytes)
            : arguments.GetValue(_targetBits) is { } bits ? VaeTarget.BitsPerPixel(bits)
            : arguments.GetValue(_targetPsnr) is { } decibels ? VaeTarget.Psnr(decibels)
            : null;

    private static Option? FirstGiven(ParseResult arguments, params IEnumerable<Option> options)
        => options.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false });
}
