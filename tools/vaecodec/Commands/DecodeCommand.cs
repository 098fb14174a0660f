using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>vaecodec decode: .vae to pictures.</summary>
internal sealed class DecodeCommand : ToolCommand
{
    /// <summary>The option for smaller pictures.</summary>
    internal const string ScaleName = "--scale";

    private static readonly PictureWriterOptions s_writerDefaults = new();

    private readonly BatchArguments _files = new(".vae files", "by default IN with the extension .png");
    private readonly Option<OutputFormat?> _format = new("--format")
    {
        Description = $"{OutputFormat.Names}; by default from OUT's extension, else png. Needed for standard output.",
        HelpName = "FORMAT",
        CustomParser = ParseFormat,
    };

    private readonly Option<int> _jpegQuality = OptionParsers.Integer("--jpeg-quality", "Quality of JPEG output, 1 to 100.", 1, 100, s_writerDefaults.JpegQuality);
    private readonly Option<int> _pngLevel = OptionParsers.Integer("--png-level", "Compression of PNG output, 0 (none) to 9 (smallest).", 0, 9, s_writerDefaults.PngCompressionLevel);
    private readonly Option<bool> _allowPartial = OptionParsers.Flag("--allow-partial", "Decode what is intact of a damaged or truncated file, and make up the rest from its neighbourhood; the exit code is 6.");
    private readonly Option<PictureRegion?> _crop = new("--crop")
    {
        Description = "Decode only a part: pixels left of it, rows above it, its width and height, before any turn that EXIF asks for. Of a file on disk only the tiles it needs are read.",
        HelpName = "X,Y,W,H",
        CustomParser = ParseRegion,
    };

    private readonly Option<int> _scale = new(ScaleName)
    {
        Description = "Decode at 1/2, 1/4, 1/8 or 1/16 of the sides, of photographs several times quicker than in full: 2, 4, 8 or 16.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = ParseScale,
    };

    private readonly MetadataArguments _metadata = new();
    private readonly DecodingArguments _decoding = new();

    public DecodeCommand()
        : base(
            "decode",
            "Decode .vae files to pictures.",
            "Examples:",
            "  vaecodec decode photo.vae                          write photo.png",
            "  vaecodec decode photo.vae copy.jpg -f              a JPEG, replacing copy.jpg",
            "  vaecodec decode photo.vae - --format pnm | display a picture for another program",
            "  vaecodec decode cut.vae --allow-partial            what is left of a damaged file",
            "  vaecodec decode map.vae part.png --crop 4096,2048,800,600   a part, of which only its tiles are read",
            "  vaecodec decode photo.vae small.jpg --scale 8      a preview, an eighth as wide and high",
            "  vaecodec decode -r coded --output-dir pictures     all files in a folder, in the same folders below pictures",
            "",
            "On standard output, rows that are already written stay written when the file turns out to be damaged;",
            "the exit code tells. A file appears whole or not at all.")
    {
        Details = BatchArguments.Details;
        _files.AddFilesTo(this);
        Add(_format);
        AddAdvanced(_jpegQuality);
        AddAdvanced(_pngLevel);
        Add(_allowPartial);
        Add(_crop);
        Add(_scale);
        _metadata.AddTo(this);
        _files.AddBatchTo(this);
        _decoding.AddTo(this);
        AddVerbosity();
    }

    protected override Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        OutputFormat? format = arguments.GetValue(_format);
        FileKinds kinds = new("decoded", IsCoded, (format ?? OutputFormat.Png).Extension, ".vae files", path => OutputFormat.OfPath(path) is not null, Decodes: true);
        FileSelection files = _files.Select(arguments, kinds);
        if (format is null && !files.IsBatch && files.Items[0].Output == FilePaths.Dash)
        {
            throw new UsageException($"standard output has no extension; say with --format what to write: {OutputFormat.Names}");
        }

        VaeDecoderOptions options = _decoding.Read(arguments) with
        {
            AllowPartial = arguments.GetValue(_allowPartial),
            Region = arguments.GetValue(_crop),
            Scale = arguments.GetValue(_scale),
        };
        PictureWriterOptions writing = s_writerDefaults with
        {
            JpegQuality = arguments.GetValue(_jpegQuality),
            PngCompressionLevel = arguments.GetValue(_pngLevel),
            MaxMemoryBytes = options.Limits.MaxMemoryBytes,
        };
        DecodeSettings settings = new(options, _files.Force(arguments), format, writing, _metadata.Left(arguments));
        return _files.Runner(arguments, options.Threads).RunAsync(run, files, kinds, (own, item, threads) => DecodeFileJob.RunAsync(own, item, settings, threads));
    }

    /// <summary>Whether a file's name is that of a .vae file.</summary>
    internal static bool IsCoded(string path) => Path.GetExtension(path).Equals(".vae", StringComparison.OrdinalIgnoreCase);

    private static PictureRegion? ParseRegion(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        PictureRegion? region = OptionParsers.Region(text);
        if (region is null)
        {
            result.AddError($"'{text}' is not a part of a picture; four whole numbers X,Y,WIDTH,HEIGHT are, such as 0,0,640,480 (--crop)");
        }

        return region;
    }

    private static int ParseScale(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text is "1" or "2" or "4" or "8" or "16")
        {
            return int.Parse(text, CultureInfo.InvariantCulture);
        }

        result.AddError($"'{text}' is not a scale; 2, 4, 8 and 16 are ({ScaleName})");
        return 1;
    }

    private static OutputFormat? ParseFormat(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        OutputFormat? format = OutputFormat.OfName(text);
        if (format is null)
        {
            result.AddError($"'{text}' is not a format that is written; it takes {OutputFormat.Names} (--format)");
        }

        return format;
    }
}
