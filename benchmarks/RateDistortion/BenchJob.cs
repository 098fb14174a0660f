using System.Runtime.ExceptionServices;
using VaeCodec.Imaging;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Programs;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Reports;
using VaeCodec.RateDistortion.Reports.Charts;
using VaeCodec.RateDistortion.Reports.Html;
using VaeCodec.RateDistortion.Reports.Readme;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion;

/// <summary>Does what a command line asks for: measures, then makes the reports.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="note">Takes lines for people on how it goes.</param>
/// <param name="problem">Takes lines for people on what failed.</param>
/// <param name="result">Takes the table for the terminal.</param>
internal sealed class BenchJob(BenchRequest request, Action<string> note, Action<string> problem, Action<string> result)
{
    /// <summary>What to say when it was stopped.</summary>
    public const string Stopped = "stopped; with --json the same command goes on where it stood";

    /// <summary>Runs to the end.</summary>
    /// <returns>Whether every point could be measured.</returns>
    /// <exception cref="BenchUsageException">The request does not make sense.</exception>
    /// <exception cref="VaeModelException">A model is missing or not acceptable.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be.</exception>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        // What cannot work is said before hours of measuring, not after them.
        request.Validate();
        IReadOnlyList<PublishedCurve> published = request.OverlayFile is { } overlay ? PublishedFile.Read(overlay, request.Overlays) : [];
        ReadmeFile? readme = request.Readme is { } path ? ReadmeFile.Open(path, ReadmeFile.RateDistortion) : null;
        var results = ResultsFile.Open(request.Json, request.Baseline);
        return request.ReportOnly
            ? Report(results.Document, published, readme)
            : await MeasureAsync(results, published, readme, ct);
    }

    private bool Report(ResultsDocument document, IReadOnlyList<PublishedCurve> published, ReadmeFile? readme)
    {
        document.Derive(request.Baseline);
        NeededCurves.Require(request, document, [], published);
        WriteReports(new Comparison(document, request.Baseline, published), readme, string.Empty);
        return true;
    }

    private async Task<bool> MeasureAsync(ResultsFile results, IReadOnlyList<PublishedCurve> published, ReadmeFile? readme, CancellationToken ct)
    {
        IReadOnlyList<string> files = PictureFolder.Files(request.Folder!);
        if (files.Count == 0)
        {
            throw new BenchUsageException($"{request.Folder} holds no pictures (.png, .ppm, .pgm, .pbm, .pam, .pnm, .jpg, .jpeg, .jfif).");
        }

        string[] names = [.. (request.Codecs.Count == 0 ? CodecCatalogue.DefaultNames : request.Codecs)];
        List<string> missing = [];
        IReadOnlyList<ICodec> codecs = CodecCatalogue.Create(names, request.Models, missing.Add);
        if (missing.Count > 0 && request.Codecs.Count > 0)
        {
            throw new BenchUsageException($"--codecs names what cannot be measured here. {string.Join("; ", missing)}.");
        }

        missing.ForEach(what => note($"left out: {what}"));

        // Those of vae are always there, and with several models have other names than they were asked for by.
        string[] leftOut = [.. names.Where(name => !VaeCodecs.Names.Contains(name) && codecs.All(codec => codec.Name != name))];
        var choice = QualityChoice.Parse(request.Qualities, codecs, leftOut);
        CodecPlan[] plans = [.. codecs.Select(codec => CodecPlan.For(codec, choice.For(codec)))];
        NeededCurves.Require(request, results.Document, codecs, published);
        if (!ExternalProgram.MeasuresMemory)
        {
            note("peak memory is not measured: GNU time is not installed (Debian: apt-get install time)");
        }

        var runner = new BenchRunner(results, note, problem);
        await runner.RunAsync(files, plans, ct);
        string gallery = request.Html is null ? string.Empty : await new CropGallery(request.CropRate).BuildAsync(files, plans, ct);
        bool reported = true;
        try
        {
            WriteReports(new Comparison(results.Document, request.Baseline, published), readme, gallery);
        }
        catch (BenchUsageException exception)
        {
            // What was asked for made sense; what was measured does not suffice for it.
            problem(exception.Message);
            reported = false;
        }

        note($"{runner.Measured} points measured, {runner.Reused} taken from the results file, {results.Document.Failures.Count} failures");
        return reported && results.Document.Failures.Count == 0;
    }

    private void WriteReports(Comparison comparison, ReadmeFile? readme, string gallery)
    {
        // Each is tried, whatever became of those before it: what was measured must not be lost to one full disk.
        ExceptionDispatchInfo? first = null;
        Try(true, () => result(ConsoleTable.Render(comparison)));
        Try(request.Csv is not null, () => CsvFile.Write(request.Csv!, comparison.Document));
        Try(request.CompressAi is not null, () => CompressAiFile.WriteAll(request.CompressAi!, comparison.Document.Current));
        Try(request.Html is not null, () => HtmlReport.Write(request.Html!, comparison, gallery));
        Try(request.Svg is not null, () => RateChart.WriteFile(request.Svg!, comparison));
        Try(readme is not null, () => readme!.Write(ReadmeSection.Render(comparison, request)));
        first?.Throw();

        void Try(bool isWanted, Action write)
        {
            try
            {
                if (isWanted)
                {
                    write();
                }
            }
            catch (Exception exception)
            {
                first ??= ExceptionDispatchInfo.Capture(exception);
            }
        }
    }
}
