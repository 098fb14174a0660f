using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports;

/// <summary>Tells before anything is measured whether the reports that are asked for will have the curves that they need.</summary>
internal static class NeededCurves
{
    /// <summary>Refuses reports of curves that there will not be, even if all goes well.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="document">What was measured before.</param>
    /// <param name="planned">What will be measured.</param>
    /// <param name="published">Published curves.</param>
    /// <exception cref="BenchUsageException">A curve will be missing.</exception>
    public static void Require(BenchRequest request, ResultsDocument document, IReadOnlyList<ICodec> planned, IReadOnlyList<PublishedCurve> published)
    {
        string[] measured =
        [
            .. document.Current.Where(codec => !codec.Lossless).Select(codec => codec.Name)
                .Concat(planned.Where(codec => codec.DefaultQualities.Count > 0).Select(codec => codec.Name))
                .Distinct(),
        ];
        string[] all = [.. measured, .. published.Select(curve => curve.Name)];

        // The usual baseline is nobody's wish, and without it there are only fewer tables.
        if (request.ChosenBaseline is { } baseline && !all.Contains(baseline))
        {
            string known = all.Length == 0 ? "there are none at all" : $"there are {string.Join(", ", all)}";
            throw new BenchUsageException($"There is no curve of '{baseline}' for --baseline, neither measured nor of --overlay; {known}.");
        }

        if (request.Readme is not null && !measured.Contains(VaeCodecs.Family))
        {
            throw new BenchUsageException($"There is no curve of {VaeCodecs.Family} to show (--readme): measure it with --codecs {VaeCodecs.Family}, and with one model, for with several their names are others.");
        }

        if (request.Svg is not null && all.Length == 0)
        {
            throw new BenchUsageException("There are no curves for a chart (--svg): none of the codecs is lossy.");
        }
    }
}
