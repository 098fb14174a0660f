using System.Globalization;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using VaeCodec.Speed.Measuring;
using VaeCodec.Speed.Processes;
using VaeCodec.Speed.Reports;

namespace VaeCodec.Speed;

internal static class Program
{
    private const double Megapixels = 6;

    /// <summary>
    /// <c>whole [MEGAPIXELS]</c> times the tool as a process, <c>report FILE</c> measures everything and writes FILE; anything else goes to
    /// BenchmarkDotNet (<c>--filter '*Convolution*'</c> runs a part).
    /// </summary>
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["whole", .. var size]:
                await WholeProcess.RunAsync(size.Length > 0 ? double.Parse(size[0], CultureInfo.InvariantCulture) : Megapixels, false, Console.WriteLine);
                return 0;

            case ["report", var path]:
                IReadOnlyList<ProcessTime> processes = await WholeProcess.RunAsync(Megapixels, true, Console.WriteLine);
                Summary[] summaries = BenchmarkRunner.Run(typeof(Program).Assembly, SpeedConfig.Create());
                await File.WriteAllTextAsync(path, SpeedReport.Write([.. RateRow.From(summaries)], processes, Megapixels));
                return 0;

            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, SpeedConfig.Create());
                return 0;
        }
    }
}
