using System.CommandLine;

namespace VaeCodec.Tool;

/// <summary>vaecodec info: what .vae files say of themselves, without decoding a pixel.</summary>
internal sealed class InfoCommand : ToolCommand
{
    /// <summary>A header costs nothing for each pixel that it states.</summary>
    private static readonly VaeLimits s_limits = VaeLimits.Default with { MaxPixels = long.MaxValue, MaxSide = int.MaxValue };

    private readonly Argument<string[]> _files = SharedOptions.Name(new Argument<string[]>("FILE")
    {
        Description = ".vae files, or - for standard input",
        Arity = ArgumentArity.ZeroOrMore,
    });

    private readonly Option<bool> _json = OptionParsers.Flag("--json", "One JSON object for each file that can be read, on a line of its own.");
    private readonly Option<bool> _cpu = OptionParsers.Flag("--cpu", "Show the CPU path in use; needs no FILE.");

    public InfoCommand()
        : base(
            "info",
            "Show what .vae files hold.",
            "Examples:",
            "  vaecodec info photo.vae",
            "  vaecodec info --json *.vae | jq .bits_per_pixel",
            "  vaecodec info --cpu",
            "",
            "JSON fields of a file: file, format_version, width, height, layout (gray8, rgb24, grayalpha16, rgba32; of more",
            "than 8 bits gray16, rgb48, grayalpha32, rgba64), channels (alpha is one), alpha, bit_depth, lossless, max_error (of",
            "colour, in levels; null: not bounded), max_alpha_error, quality, tile_size, tile_columns, tile_rows, model_name,",
            "model_identity, colour {primaries, transfer, matrix, full_range}, icc_bytes, exif_bytes, xmp_bytes (0: none),",
            "file_bytes, bits_per_pixel (null: length unknown). Without networks quality is 100, model_name lossless, the identity zeros.",
            "JSON fields of --cpu: cpu_path, cpu_description, processor_count.",
            "Header and metadata are verified, the pixel data are not. With several files, the exit code is that of the",
            "first one that fails.")
    {
        Add(_files);
        Add(_json);
        Add(_cpu);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string[] files = arguments.GetValue(_files) ?? [];
        bool json = arguments.GetValue(_json);
        bool cpu = arguments.GetValue(_cpu);
        if (files.Length == 0 && !cpu)
        {
            throw new UsageException("info needs a FILE, or --cpu");
        }

        if (cpu)
        {
            run.Result(json ? InfoText.CpuJson() : InfoText.CpuText(), isData: json);
        }

        return await ForEachInputAsync(run, files, async (path, input) =>
        {
            VaeImageInfo info = await VaeImageInfo.ReadAsync(input.Stream, s_limits, run.CancellationToken).ConfigureAwait(false);
            run.Result(json ? InfoText.FileJson(path, info, input.Length) : InfoText.FileText(input.Name, info, input.Length), isData: json);
            return ExitCode.Ok;
        }).ConfigureAwait(false);
    }
}
