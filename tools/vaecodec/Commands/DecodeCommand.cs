using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>vaecodec decode: .vae to picture.</summary>
internal sealed class DecodeCommand : ToolCommand
{
    /// <summary>The option for smaller pictures.</summary>
    internal const string ScaleName = "--scale";

    private const int MostLostNamed = 20;
    private static readonly PictureWriterOptions s_writerDefaults = new();

    private readonly Argument<string> _input = SharedOptions.Input("The .vae file");
    private readonly Argument<string?> _output = SharedOptions.Output("The picture; by default IN with the extension .png");
    private readonly Option<string?> _outputOption = SharedOptions.OutputOption();
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<PictureFormat?> _format = new("--format")
    {
        Description = "png, pnm or jpeg; by default from OUT's extension, else png. Needed for standard output.",
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

    private readonly DecodingArguments _decoding = new();

    public DecodeCommand()
        : base(
            "decode",
            "Decode a .vae file to a picture.",
            "Examples:",
            "  vaecodec decode photo.vae                          write photo.png",
            "  vaecodec decode photo.vae copy.jpg -f              a JPEG, replacing copy.jpg",
            "  vaecodec decode photo.vae - --format pnm | display a picture for another program",
            "  vaecodec decode cut.vae --allow-partial            what is left of a damaged file",
            "  vaecodec decode map.vae part.png --crop 4096,2048,800,600   a part, of which only its tiles are read",
            "  vaecodec decode photo.vae small.jpg --scale 8      a preview, an eighth as wide and high",
            "",
            "On standard output, rows that are already written stay written when the file turns out to be damaged;",
            "the exit code tells. A file appears whole or not at all.")
    {
        Add(_input);
        Add(_output);
        Add(_outputOption);
        Add(_force);
        Add(_format);
        Add(_jpegQuality);
        Add(_pngLevel);
        Add(_allowPartial);
        Add(_crop);
        Add(_scale);
        _decoding.AddTo(this);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string inputPath = arguments.GetRequiredValue(_input);
        PictureFormat? asked = arguments.GetValue(_format);
        string extension = "." + PictureFormats.FileExtension(asked ?? PictureFormat.Png).TrimStart('.');
        string outputPath = FilePaths.ChooseOutput(inputPath, arguments.GetValue(_output), arguments.GetValue(_outputOption), extension);
        bool known = PictureFormats.TryFromPath(outputPath, out PictureFormat byExtension);
        PictureFormat format = asked ?? (known ? byExtension : PictureFormat.Png);
        if (asked is null && outputPath == FilePaths.Dash)
        {
            throw new UsageException("standard output has no extension; say --format png, pnm or jpeg");
        }

        await using InputFile input = InputFile.Open(inputPath);
        await using OutputFile output = OutputFile.Open(outputPath, arguments.GetValue(_force), input.Path);
        if (asked is null && !known)
        {
            run.Note($"vaecodec: {output.Name}: the extension says no format that can be written; writing PNG");
        }

        using ConsoleProgress? progress = run.StartProgress("decoding");
        VaeDecoderOptions options = _decoding.Read(arguments) with
        {
            AllowPartial = arguments.GetValue(_allowPartial),
            Region = arguments.GetValue(_crop),
            Scale = arguments.GetValue(_scale),
            Progress = progress,
        };
        IRowSink sink = PictureWriter.Create(output.Stream, format, s_writerDefaults with
        {
            JpegQuality = arguments.GetValue(_jpegQuality),
            PngCompressionLevel = arguments.GetValue(_pngLevel),
        });

        run.Subject = input.Name;
        long start = Stopwatch.GetTimestamp();
        DecodeResult result = await DecodeJob.RunAsync(input.Stream, sink, options, picture => CheckWriterAsync(format, picture, run.CancellationToken), run.CancellationToken).ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        run.Subject = output.Name;
        await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
        progress?.Dispose();
        PictureDescription picture = result.Picture, whole = result.Info.Picture;
        bool isWhole = (picture.Width, picture.Height) == (whole.Width, whole.Height);
        string extent = isWhole ? $"{8.0 * result.FileBytes / ((double)picture.Width * picture.Height):0.000} bits per pixel" : $"a picture of {whole.Width} x {whole.Height}";
        run.Note($"{input.Name} -> {output.Name}: {picture.Width} x {picture.Height}, from {ByteSize.Format(result.FileBytes)}, {extent}");
        if (run.Verbosity > 0)
        {
            RunDetails.Write(run, picture.Width, picture.Height, elapsed, result.Info.HasNetworks ? $"{result.Info.ModelName} {result.Info.ModelIdentity}" : null);
        }

        return ReportLost(input.Name, result);
    }

    /// <summary>
    /// Lets a writer refuse now what it would refuse when it is begun, which is after the first row of tiles: a depth, alpha, colour or metadata that its format does not hold.
    /// The picture is a single pixel here, because a writer may take memory for all of it.
    /// </summary>
    /// <exception cref="VaeUnsupportedException">The format does not hold such pictures.</exception>
    private static async Task CheckWriterAsync(PictureFormat format, PictureDescription picture, CancellationToken cancellationToken)
    {
        IRowSink trial = PictureWriter.Create(Stream.Null, format);
        try
        {
            await trial.BeginAsync(picture with { Width = 1, Height = 1 }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (trial is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static int ReportLost(string name, DecodeResult result)
    {
        // Errors, not notes: --quiet must not hide that a part of the picture is made up.
        foreach (VaeLostTile tile in result.LostTiles.Take(MostLostNamed))
        {
            Console.Error.WriteLine($"vaecodec: {name}: tile {tile.Column},{tile.Row} is made up: {tile.Problem.Message}");
        }

        if (result.TailProblem is { } problem)
        {
            Console.Error.WriteLine($"vaecodec: {name}: behind the last tile: {problem.Message}");
        }

        if (result.LostTiles.Count > 0)
        {
            Console.Error.WriteLine($"vaecodec: {name}: {result.LostTiles.Count} of {result.Info.TileCount} tiles were lost and made up from their neighbourhood");
        }

        return result.LostTiles.Count > 0 || result.TailProblem is not null ? ExitCode.Partial : ExitCode.Ok;
    }

    private static PictureRegion? ParseRegion(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] numbers = text.Split(',');
        int[] values = new int[4];
        for (int i = 0; i < values.Length; i++)
        {
            bool fits = numbers.Length == values.Length && int.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]) && (i < 2 || values[i] > 0);
            if (!fits)
            {
                result.AddError($"'{text}' is not a part of a picture; four whole numbers X,Y,WIDTH,HEIGHT are, such as 0,0,640,480 (--crop)");
                return null;
            }
        }

        return new PictureRegion(values[0], values[1], values[2], values[3]);
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

    private static PictureFormat? ParseFormat(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        switch (text.ToLowerInvariant())
        {
            case "png":
                return PictureFormat.Png;
            case "pnm" or "ppm" or "pgm" or "pam":
                return PictureFormat.Pnm;
            case "jpeg" or "jpg":
                return PictureFormat.Jpeg;
            default:
                result.AddError($"'{text}' is not a format; png, pnm and jpeg are (--format)");
                return null;
        }
    }
}
