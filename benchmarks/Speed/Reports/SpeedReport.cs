using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using VaeCodec.Speed.Processes;

namespace VaeCodec.Speed.Reports;

/// <summary>docs/benchmarks.md: what one run of everything measured.</summary>
internal static class SpeedReport
{
    private const string Peak = "Peak";

    /// <summary>Writes the report.</summary>
    /// <param name="rows">The benchmarks.</param>
    /// <param name="processes">The whole processes, this project's with one thread first.</param>
    /// <param name="megapixels">Size of their picture.</param>
    public static string Write(IReadOnlyList<RateRow> rows, IReadOnlyList<ProcessTime> processes, double megapixels)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Speed

            Written by `dotnet run -c Release --project benchmarks/Speed -- report docs/benchmarks.md README.md`, which measures everything here in one run. Do not edit.

            {VaeCpu.Description}; {Environment.ProcessorCount} processors; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; model {VaeModel.Standard.Name}, {VaeModel.Standard.MultiplyAddsPerPixel.Encoder / 1000:F1} and {VaeModel.Standard.MultiplyAddsPerPixel.Decoder / 1000:F1} thousand multiply-adds a pixel to encode and to decode.

            ## Whole processes


            """);
        text.Append(Processes(processes, megapixels));
        text.Append("""

            ## Parts

            Mean of five measurements of a quarter of a second after three warm-ups (BenchmarkDotNet, in one process). Spread is the standard deviation. Of peak is the share of what independent multiply-adds in
            registers reach with the same vectors. Allocated is managed memory for one call.

            | part | | rate | spread | of peak | allocated |
            |---|---|---|---|---|---|

            """);
        foreach (RateRow row in rows)
        {
            double? peak = row.Unit == "GMAC" && row.Group != Peak ? rows.FirstOrDefault(other => other.Group == Peak && other.Parameters == row.Parameters)?.Rate : null;
            string share = peak is { } most ? string.Create(CultureInfo.InvariantCulture, $"{100 * row.Rate / most:F0} %") : "";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Group}: {row.Method} | {row.Parameters} | {Number(row.Rate)} {row.Unit}/s | {100 * row.Spread:F1} % | {share} | {(row.AllocatedBytes is { } bytes ? Number(bytes) + " B" : "")} |\n");
        }

        return text.ToString();
    }

    /// <summary>The table of whole processes.</summary>
    /// <param name="processes">The whole processes, this project's with one thread first.</param>
    /// <param name="megapixels">Size of their picture.</param>
    public static string Processes(IReadOnlyList<ProcessTime> processes, double megapixels)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            From the start of the process to its end, files included, {megapixels:0.#} megapixels (the generated picture), best of three, {VaeCpu.Description}. The last two columns are
            times over those of `vaecodec` with one thread in the same run: below 1 is faster. Qualities are not matched here; the BD-rates are.

            | program | threads | encode | decode | encode, time | decode, time |
            |---|---|---|---|---|---|

            """);
        ProcessTime own = processes[0];
        foreach (ProcessTime time in processes)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {time.Name} | {time.Threads} | {megapixels / time.EncodeSeconds:F2} MP/s | {megapixels / time.DecodeSeconds:F2} MP/s | {time.EncodeSeconds / own.EncodeSeconds:F2} | {time.DecodeSeconds / own.DecodeSeconds:F2} |\n");
        }

        return text.Append("\nVersions: ").AppendJoin("; ", processes.Skip(1).Select(time => time.Version).Where(version => version != own.Version).Distinct()).Append(".\n").ToString();
    }

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
