using System.Globalization;
using System.Text;
using VaeCodec.Speed.Layers;

namespace VaeCodec.Speed.Reports;

/// <summary>Where the time of the transforms goes, stage by stage.</summary>
internal static class LayerReport
{
    /// <summary>The section.</summary>
    public static string Write(SpeedResults results)
    {
        double peak = results.Parts.Where(part => part.Unit == "GMAC" && part.Group == "Peak").Select(part => part.Rate).DefaultIfEmpty(double.NaN).Max();
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Where the time goes

            Stages of the transforms on one thread, 2048 x 2048 pixels, the best of three. kMAC are thousands of multiply-adds for a pixel of the picture, those that are carried out; where Winograd's way saves some, the
            direct count stands behind them. Of peak is their share of {peak:F1} GMAC/s, what a core does in registers. Bytes are the activations that a stage reads and writes for a pixel, each once.

            | network | stage | kMAC | (direct) | ns a pixel | GMAC/s | of peak | bytes | GB/s |
            |---|---|---|---|---|---|---|---|---|

            """);
        foreach (LayerRow row in results.Layers)
        {
            string direct = row.DirectMultiplyAdds > row.MultiplyAdds ? $"({Number(row.DirectMultiplyAdds / 1000)})" : "";
            double rate = row.MultiplyAdds / row.Nanoseconds;
            text.Append(CultureInfo.InvariantCulture, $"| {row.Network} | {row.Stage} | {Number(row.MultiplyAdds / 1000)} | {direct} | {row.Nanoseconds:F1} | {rate:F1} | {100 * rate / peak:F0} % | {row.Bytes:F0} | {row.Bytes / row.Nanoseconds:F1} |\n");
        }

        foreach (IGrouping<string, LayerRow> side in results.Layers.GroupBy(row => row.Network.Split('.')[0]))
        {
            double done = side.Sum(row => row.MultiplyAdds), time = side.Sum(row => row.Nanoseconds);
            text.Append(CultureInfo.InvariantCulture, $"| **{side.Key}** | all | {Number(done / 1000)} | ({Number(side.Sum(row => row.DirectMultiplyAdds) / 1000)}) | {time:F1} | {done / time:F1} | {100 * done / time / peak:F0} % | {side.Sum(row => row.Bytes):F0} | |\n");
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
