using System.Reflection;
using BenchmarkDotNet.Reports;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Reports;

/// <summary>A benchmark's result as a rate.</summary>
/// <param name="Group">The class.</param>
/// <param name="Method">The method.</param>
/// <param name="Parameters">Its parameters; empty where it has none.</param>
/// <param name="Rate">Work in a second.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Spread">Standard deviation over the mean, 0.01 being one per cent.</param>
/// <param name="AllocatedBytes">Managed bytes allocated by a call; null where it was not measured.</param>
internal sealed record RateRow(string Group, string Method, string Parameters, double Rate, string Unit, double Spread, long? AllocatedBytes)
{
    /// <summary>The results that have a statement of work; failed benchmarks are an error.</summary>
    public static IEnumerable<RateRow> From(IEnumerable<Summary> summaries)
    {
        foreach (BenchmarkReport report in summaries.SelectMany(summary => summary.Reports).OrderBy(report => report.BenchmarkCase.Descriptor.Type.Name, StringComparer.Ordinal).ThenBy(report => report.BenchmarkCase.Descriptor.MethodIndex))
        {
            WorkAttribute? work = report.BenchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>();
            if (work is null)
            {
                continue;
            }

            if (report.ResultStatistics is not { } statistics)
            {
                throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} gave no result.");
            }

            yield return new RateRow(
                report.BenchmarkCase.Descriptor.Type.Name.Replace("Benchmark", "", StringComparison.Ordinal),
                report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
                report.BenchmarkCase.Parameters.Items.Count == 0 ? "" : string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(item => $"{item.Name} {item.Value}")),
                work.Amount / (statistics.Mean / 1e9),
                work.Unit,
                statistics.StandardDeviation / statistics.Mean,
                report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase));
        }
    }
}
