using System.CommandLine;
using System.Text;
using VaeCodec.Inspection;

namespace VaeCodec.Tool;

/// <summary>vaecodec inspect: where the bits of a file go, and what each part of it is for.</summary>
internal sealed class InspectCommand : ToolCommand
{
    private readonly Argument<string> _file = SharedOptions.Name(new Argument<string>("FILE") { Description = "The .vae file" });
    private readonly Option<string?> _html = new("--html") { Description = "Also write a page with maps and pictures, for a browser.", HelpName = "OUT" };
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<bool> _json = OptionParsers.Flag("--json", "A JSON object on standard output.");
    private readonly DecodingArguments _decoding = new();

    public InspectCommand()
        : base(
            "inspect",
            "See inside a .vae file: where its bits go, and what each part of it is for.",
            "The page shows the bits over the picture, what the hyper-latents expect, the picture from them alone, from the first",
            "context pass and whole, the dearest channels and what they draw, sparsity, sections and tiles.",
            "",
            "Examples:",
            "  vaecodec inspect photo.vae                      a summary",
            "  vaecodec inspect photo.vae --html photo.html    the page")
    {
        Details =
        [
            "",
            "JSON fields: file, file_bytes, bits {hyper_latents_z, latents_first_pass, latents_second_pass, samples, alpha, metadata,",
            "container}, sections [{type, count, bytes}], tiles [{column, row, kind, coded_bytes, symbols, non_zeros}], zeros,",
            "channel_bits. Bits of latents are those of their probabilities; of other parts, 8 for each byte.",
        ];
        Add(_file);
        Add(_html);
        Add(_force);
        Add(_json);
        _decoding.AddTo(this);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_file);
        string? html = arguments.GetValue(_html);
        bool isPageOut = html is not null && FilePaths.IsStandardOutput(html), isJson = arguments.GetValue(_json);
        if (isPageOut && isJson)
        {
            throw new UsageException("the page and the JSON object cannot both go to standard output");
        }

        VaeDecoderOptions options = _decoding.Read(arguments);
        await using InputFile input = path == FilePaths.Dash ? throw Pipe() : InputFile.Open(path);
        if (!input.Stream.CanSeek)
        {
            throw Pipe();
        }

        await using OutputFile? output = html is null ? null : OutputFile.Open(html, arguments.GetValue(_force), input.Path);
        run.Subject = input.Name;
        PictureInspection inspection = await PictureInspector.InspectAsync(input.Stream, options, run.CancellationToken).ConfigureAwait(false);
        if (output is not null)
        {
            string page = await InspectionPageMaker.MakeAsync(Path.GetFileName(path), input.Stream, inspection, options, run.CancellationToken).ConfigureAwait(false);
            await output.Stream.WriteAsync(Encoding.UTF8.GetBytes(page), run.CancellationToken).ConfigureAwait(false);
            run.Subject = output.Name;
            await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
        }

        if (!isPageOut)
        {
            run.Result(isJson ? InspectionText.ForPrograms(path, inspection) : InspectionText.ForPeople(input.Name, inspection), isJson);
        }

        return ExitCode.Ok;
    }

    private static UsageException Pipe() => new("a file is read several times to be inspected, and a pipe cannot be");
}
