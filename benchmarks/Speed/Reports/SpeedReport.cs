using System.Globalization;
using System.Text;
using VaeCodec.Speed.Processes;

namespace VaeCodec.Speed.Reports;

/// <summary>docs/benchmarks.md: what one run of everything measured.</summary>
internal static class SpeedReport
{
    private const string Peak = "Peak";

    /// <summary>The report.</summary>
    public static string Write(SpeedResults results)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Speed

            Everything here was measured in one run ({results.Measured:yyyy-MM-dd}) and is made from its results; do not edit:

            ```
            dotnet publish tools/vaecodec -c Release --use-current-runtime --self-contained -o PUBLISHED
            dotnet publish tools/vaecodec -c Release --use-current-runtime --self-contained false -o INSTALLED
            dotnet run -c Release --project benchmarks/Speed -- measure docs/benchmarks/speed.json PUBLISHED/vaecodec INSTALLED/vaecodec.dll
            dotnet run -c Release --project benchmarks/Speed -- report docs/benchmarks/speed.json docs/benchmarks.md README.md
            ```

            {results.Machine}; {results.Model}.

            ## Whole processes


            """);
        text.Append(Processes(results));
        text.Append(ScalingReport.Write(results));
        text.Append(LayerReport.Write(results));
        text.Append("""

            ## Parts

            Mean of five measurements of a quarter of a second after three warm-ups (BenchmarkDotNet, in one process). Spread is the standard deviation. Of peak is the share of what independent multiply-adds in
            registers reach with the same vectors. Allocated is managed memory for one call.

            | part | | rate | spread | of peak | allocated |
            |---|---|---|---|---|---|

            """);
        foreach (RateRow row in results.Parts)
        {
            double? peak = row.Unit == "GMAC" && row.Group != Peak ? results.Parts.FirstOrDefault(other => other.Group == Peak && other.Unit == row.Unit && other.Parameters == row.Parameters)?.Rate : null;
            string share = peak is { } most ? string.Create(CultureInfo.InvariantCulture, $"{100 * row.Rate / most:F0} %") : "";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Group}: {row.Method} | {row.Parameters} | {Number(row.Rate)} {row.Unit}/s | {100 * row.Spread:F1} % | {share} | {(row.AllocatedBytes is { } bytes ? Number(bytes) + " B" : "")} |\n");
        }

        return text.ToString();
    }

    /// <summary>The table of whole processes, with the machine and the versions.</summary>
    public static string Processes(SpeedResults results)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            {results.Conditions} The last two columns are times over those of
            `vaecodec` with one thread in the same run: below 1 is faster.

            | program | threads | PSNR | bytes | encode | decode | encode, time | decode, time |
            |---|---|---|---|---|---|---|---|

            """);
        ProcessTime own = results.Processes[0];
        foreach (ProcessTime time in results.Processes)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {time.Name} | {time.Threads} | {time.Psnr:F2} dB | {time.FileBytes:N0} | {time.EncodeRate:F2} MP/s | {time.DecodeRate:F2} MP/s | {time.EncodeSeconds / own.EncodeSeconds:F2} | {time.DecodeSeconds / own.DecodeSeconds:F2} |\n");
        }

        string versions = string.Join("; ", results.Processes.Select(time => time.Version).Where(version => version != own.Version).Distinct());
        return text.Append(CultureInfo.InvariantCulture, $"\n{results.Measured:yyyy-MM-dd}; {results.Model}; {results.Machine}.{(versions.Length > 0 ? $" Versions: {versions}." : "")}\n").ToString();
    }

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
