using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using VaeCodec.RateDistortion.Reports.Readme;
using VaeCodec.RateDistortion.Results;
using VaeCodec.Speed.Measuring;
using VaeCodec.Speed.Processes;
using VaeCodec.Speed.Reports;

namespace VaeCodec.Speed;

internal static class Program
{
    private const double Megapixels = 6;

    /// <summary>
    /// <c>whole [MEGAPIXELS]</c> times the tool as a process; <c>measure JSON</c> measures everything; <c>report JSON FILE [README]</c> makes FILE of it, and what
    /// stands between the speed markers of README; anything else goes to BenchmarkDotNet (<c>--filter '*Convolution*'</c> runs a part).
    /// </summary>
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["whole", .. var size]:
                await WholeProcess.RunAsync(size.Length > 0 ? double.Parse(size[0], CultureInfo.InvariantCulture) : Megapixels, false, Console.WriteLine);
                return 0;

            case ["measure", var json]:
                (await MeasureAsync()).Write(json);
                return 0;

            case ["report", var json, var path, .. var readme]:
                SpeedResults results = SpeedResults.Read(json);
                ReadmeFile? section = readme.Length > 0 ? ReadmeFile.Open(readme[0], ReadmeFile.Speed) : null;
                WholeFile.Write(path, SpeedReport.Write(results));
                section?.Write(SpeedReport.Processes(results));
                return 0;

            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, SpeedConfig.Create());
                return 0;
        }
    }

    private static async Task<SpeedResults> MeasureAsync()
    {
        IReadOnlyList<ProcessTime> processes = await WholeProcess.RunAsync(Megapixels, true, Console.WriteLine);
        Summary[] summaries = BenchmarkRunner.Run(typeof(Program).Assembly, SpeedConfig.Create());
        (double encoder, double decoder) = VaeModel.Standard.MultiplyAddsPerPixel;
        return new SpeedResults(
            DateTimeOffset.UtcNow,
            $"{Machine.Describe().Processor}; {Environment.ProcessorCount} processors; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}",
            string.Create(CultureInfo.InvariantCulture, $"model {VaeModel.Standard.Name}, {encoder / 1000:F1} and {decoder / 1000:F1} thousand multiply-adds a pixel to encode and to decode"),
            Megapixels,
            processes,
            [.. RateRow.From(summaries)]);
    }
}
