using System.CommandLine;
using System.Globalization;

namespace VaeCodec.Tool;

/// <summary>vaecodec verify: whether .vae files are sound, to the last symbol, without writing pixels.</summary>
internal sealed class VerifyCommand : ToolCommand
{
    private readonly Argument<string[]> _files = SharedOptions.Name(new Argument<string[]>("FILE")
    {
        Description = ".vae files, or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    });

    private readonly Option<bool> _json = OptionParsers.Flag("--json", "One JSON object for each file that can be opened, on a line of its own.");
    private readonly DecodingArguments _decoding = new();

    public VerifyCommand()
        : base(
            "verify",
            "Check that .vae files are sound.",
            "Reads each file to its end: structure, limits, checksums, index, trailer, and the symbols of every tile down to the",
            "entropy coder's last state. No pixels are made, so it takes a fraction of a decode.",
            "",
            "Examples:",
            "  vaecodec verify archive/*.vae",
            "  vaecodec verify --json *.vae | jq -r 'select(.sound | not) | .file'",
            "",
            "JSON fields: file, sound, tiles, intact_tiles, symbols_decoded (the model was at hand), model_name,",
            "model_identity, file_bytes (those that were read), problems [{error, message}] (at most 100).",
            "A file whose model is missing or that is beyond a limit is not sound either, here, though it may be elsewhere: it is",
            "printed as NOT VERIFIED, and its problems are of ModelMissing or LimitExceeded.",
            "The exit code is that of the first file that is not sound, as decode would give it.")
    {
        Add(_files);
        Add(_json);
        _decoding.AddTo(this);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        VaeDecoderOptions options = _decoding.Read(arguments);
        bool json = arguments.GetValue(_json);
        return await ForEachInputAsync(run, arguments.GetRequiredValue(_files), async (path, input) =>
        {
            VaeVerification verification = await VaeVerifier.VerifyAsync(input.Stream, options, run.CancellationToken).ConfigureAwait(false);
            int code = Report(run, verification);
            run.Result(json ? Json(path, verification) : Text(input.Name, verification), isData: json);
            return code;
        }).ConfigureAwait(false);
    }

    /// <summary>Prints what is wrong.</summary>
    /// <returns>The exit code of the first problem.</returns>
    private static int Report(CommandRun run, VaeVerification verification)
    {
        int code = ExitCode.Ok;
        foreach (VaeException problem in verification.Problems)
        {
            int problemCode = run.Fail(problem);
            code = code == ExitCode.Ok ? problemCode : code;
        }

        return code;
    }

    private static string Text(string name, VaeVerification verification)
    {
        // Without the model, or beyond a limit, nothing is known against the file.
        string state = verification.IsSound ? "sound"
            : verification.Problems.All(problem => problem is VaeModelException or VaeLimitException) ? "NOT VERIFIED"
            : "NOT SOUND";
        string tiles = verification.TileCount == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {verification.IntactTiles} of {verification.TileCount} tiles intact{(verification.SymbolsDecoded ? "" : " (checksums only)")}");
        return $"{name}: {state}{tiles}, {ByteSize.Format(verification.FileBytes)}{(verification.IsSound ? "" : " read")}";
    }

    private static string Json(string name, VaeVerification verification) => JsonLine.Write(writer =>
    {
        writer.WriteString("file", name);
        writer.WriteBoolean("sound", verification.IsSound);
        writer.WriteNumber("tiles", verification.TileCount);
        writer.WriteNumber("intact_tiles", verification.IntactTiles);
        writer.WriteBoolean("symbols_decoded", verification.SymbolsDecoded);
        writer.WriteString("model_name", verification.Info?.ModelName);
        writer.WriteString("model_identity", verification.Info?.ModelIdentity);
        writer.WriteNumber("file_bytes", verification.FileBytes);
        writer.WriteStartArray("problems");
        foreach (VaeException problem in verification.Problems)
        {
            writer.WriteStartObject();
            writer.WriteString("error", problem.Error.ToString());
            writer.WriteString("message", problem.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
