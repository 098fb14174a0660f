using System.CommandLine;

namespace VaeCodec.RateDistortion.CommandLine;

/// <summary>The command line: a folder of pictures in; tables, JSON, CSV and reports out.</summary>
internal sealed class BenchCommand : RootCommand
{
    /// <summary>The exit code of a command line that does not make sense.</summary>
    public const int Usage = 2;

    private const int Ok = 0;
    private const int SomethingFailed = 1;
    private const int Cancelled = 130;

    private readonly BenchOptions _options = new();

    public BenchCommand()
        : base("Measures codecs over a folder of pictures with real files: rate, PSNR, SSIM, MS-SSIM, time, memory, BD-rate.")
    {
        _options.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken ct)
    {
        try
        {
            var job = new BenchJob(_options.Read(arguments), Console.Error.WriteLine, Console.Error.WriteLine, Console.Out.WriteLine);
            return await job.RunAsync(ct) ? Ok : SomethingFailed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"RateDistortion: {BenchJob.Stopped}");
            return Cancelled;
        }
        catch (Exception exception) when (exception is BenchUsageException or VaeException)
        {
            await Console.Error.WriteLineAsync($"RateDistortion: {exception.Message}");
            return Usage;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            await Console.Error.WriteLineAsync($"RateDistortion: {exception.Message}");
            return SomethingFailed;
        }
    }
}
