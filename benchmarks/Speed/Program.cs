using System.Globalization;
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
    /// <c>whole [MEGAPIXELS]</c> times the tool as a process, <c>report FILE [README]</c> measures everything, writes FILE, and what stands between
    /// the speed markers of README; anything else goes to BenchmarkDotNet (<c>--filter '*Convolution*'</c> runs a part).
    /// </summary>
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["whole", .. var size]:
                await WholeProcess.RunAsync(size.Length > 0 ? double.Parse(size[0], CultureInfo.InvariantCulture) : Megapixels, false, Console.WriteLine);
                return 0;

            case ["report", var path, .. var readme]:
                ReadmeFile? section = readme.Length > 0 ? ReadmeFile.Open(readme[0], ReadmeFile.Speed) : null;
                IReadOnlyList<ProcessTime> processes = await WholeProcess.RunAsync(Megapixels, true, Console.WriteLine);
                Summary[] summaries = BenchmarkRunner.Run(typeof(Program).Assembly, SpeedConfig.Create());
                WholeFile.Write(path, SpeedReport.Write([.. RateRow.From(summaries)], processes, Megapixels));
                section?.Write(SpeedReport.Processes(processes, Megapixels));
                return 0;

            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, SpeedConfig.Create());
                return 0;
        }
    }
}
