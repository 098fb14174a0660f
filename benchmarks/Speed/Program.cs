using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Programs;
using VaeCodec.RateDistortion.Reports.Readme;
using VaeCodec.RateDistortion.Results;
using VaeCodec.Speed.Layers;
using VaeCodec.Speed.Measuring;
using VaeCodec.Speed.Processes;
using VaeCodec.Speed.Reports;

namespace VaeCodec.Speed;

internal static class Program
{
    private const double Megapixels = 6;

    /// <summary>
    /// <c>whole [MEGAPIXELS [TOOL...]]</c> times the tool as a process, or each of several, published in different ways; <c>measure JSON [TOOL [INSTALLED]]</c> measures everything, whole processes with the program or vaecodec.dll at TOOL
    /// (a published one, say) and, to compare, at INSTALLED; <c>report JSON FILE [README]</c> makes FILE of it, charts beside JSON, and what stands between the speed markers of README; anything else goes to BenchmarkDotNet (<c>--filter '*Convolution*'</c> runs a part).
    /// </summary>
    private static async Task<int> Main(string[] args)
    {
        try
        {
            return await RunAsync(args);
        }
        catch (Exception exception) when (exception is BenchUsageException or JsonException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
        catch (ProgramFailureException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["whole", .. var rest]:
                double megapixels = rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : Megapixels;
                foreach (string tool in rest.Length > 1 ? rest[1..] : [WholeProcess.BuiltTool])
                {
                    Console.WriteLine(tool);
                    using WholeProcess processes = new(tool, null, Console.WriteLine);
                    await processes.CompareAsync(megapixels, false);
                }

                return 0;

            case ["measure", var json, .. var tool]:
                if (WholeFile.Obstacle(json) is { } obstacle)
                {
                    throw new BenchUsageException($"'{json}' cannot be written: {obstacle}.");
                }

                (await MeasureAsync(tool.ElementAtOrDefault(0) ?? WholeProcess.BuiltTool, tool.ElementAtOrDefault(1))).Write(json);
                return 0;

            case ["report", var json, var path, .. var readme]:
                SpeedResults results = SpeedResults.Read(json);
                ReadmeFile? section = readme.Length > 0 ? ReadmeFile.Open(readme[0], ReadmeFile.Speed) : null;
                WholeFile.Write(path, SpeedReport.Write(results));
                ScalingReport.WriteCharts(Path.GetDirectoryName(Path.GetFullPath(json))!, results);
                section?.Write(SpeedReport.Processes(results));
                return 0;

            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, SpeedConfig.Create());
                return 0;
        }
    }

    private static async Task<SpeedResults> MeasureAsync(string tool, string? installed)
    {
        using WholeProcess whole = new(tool, installed, Console.WriteLine);
        IReadOnlyList<ProcessTime> processes = await whole.CompareAsync(Megapixels, true), scaling = await whole.ScaleAsync(), started = await StartedProcess.ScaleAsync(Console.WriteLine);
        IReadOnlyList<LayerRow> layers = LayerProfile.Run(VaeModel.Standard);
        Summary[] summaries = BenchmarkRunner.Run(typeof(Program).Assembly, SpeedConfig.Create());
        (double encoder, double decoder) = VaeModel.Standard.MultiplyAddsPerPixel;
        return new SpeedResults(
            DateTimeOffset.UtcNow,
            $"{Machine.Describe().Processor}; {Environment.ProcessorCount} processors; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}",
            string.Create(CultureInfo.InvariantCulture, $"model {VaeModel.Standard.Name} {VaeModel.Standard.Identity[..8]}, {encoder / 1000:F1} and {decoder / 1000:F1} thousand multiply-adds a pixel to encode and to decode"),
            Megapixels,
            WholeProcess.Conditions(Megapixels),
            processes,
            scaling,
            started,
            layers,
            [.. RateRow.From(summaries)]);
    }
}
