using System.CommandLine;
using VaeCodec.RateDistortion;
using VaeCodec.RateDistortion.CommandLine;

namespace VaeCodec.Tool;

/// <summary>vaecodec bench: codecs over a folder of pictures, with rates, qualities, times and BD-rates.</summary>
internal sealed class BenchCommand : ToolCommand
{
    private readonly BenchOptions _options = new();

    public BenchCommand()
        : base(
            "bench",
            "Measure codecs over a folder of pictures: rate, PSNR, SSIM, MS-SSIM, time, BD-rate.",
            "Every picture is encoded to a real file and decoded again by each codec, at each quality. vae is the default effort,",
            "vae-eN effort N; other codecs are measured where their programs are installed. After a stop the same command with",
            "--json goes on where it stood.",
            "",
            "Examples:",
            "  vaecodec bench photos                                       a table of all codecs that are installed",
            "  vaecodec bench photos --codecs vae,jpeg420 --qualities vae=30,70 --json out.json --html report.html",
            "  vaecodec bench --report-only --json out.json --svg chart.svg     reports of what was measured before",
            "",
            "Exit codes: 0 everything was measured, 1 something failed (the rest is measured all the same), 2 wrong usage or a",
            "folder without pictures, 5 model missing or invalid, 130 stopped.")
    {
        _options.AddTo(this);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        try
        {
            var job = new BenchJob(_options.Read(arguments), run.Note, Messages.Write, table => run.Result(table));
            return await job.RunAsync(run.CancellationToken).ConfigureAwait(false) ? ExitCode.Ok : ExitCode.Failure;
        }
        catch (BenchUsageException exception)
        {
            throw new UsageException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            // It is about one of many files, which the runtime's message names.
            throw new IOException(exception.Message, exception);
        }
        catch (OperationCanceledException)
        {
            run.Note(BenchJob.Stopped);
            throw;
        }
    }
}
