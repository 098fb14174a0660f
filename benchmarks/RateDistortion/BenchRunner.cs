using VaeCodec.Metrics;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Pictures;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion;

/// <summary>Measures every picture with every codec at every quality that the results do not hold yet.</summary>
/// <param name="results">Takes the points as they come.</param>
/// <param name="note">Takes lines for people.</param>
/// <param name="problem">Takes lines for people on what failed; null for where the others go.</param>
internal sealed class BenchRunner(ResultsFile results, Action<string> note, Action<string>? problem = null)
{
    private readonly Machine _machine = Machine.Describe();

    /// <summary>How many points were measured.</summary>
    public int Measured { get; private set; }

    /// <summary>How many were there already.</summary>
    public int Reused { get; private set; }

    /// <summary>Measures all pictures. What fails is reported, noted in the results, and passed over.</summary>
    public async Task RunAsync(IReadOnlyList<string> files, IReadOnlyList<CodecPlan> plans, CancellationToken ct)
    {
        results.Document.Failures.Clear();
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("vaecodec-bench-");
        try
        {
            var seen = new HashSet<string>();
            var unread = new HashSet<string>();
            for (int i = 0; i < files.Count; i++)
            {
                ct.ThrowIfCancellationRequested();
                if (await PrepareAsync(files[i], scratch.FullName, ct) is not { } picture)
                {
                    unread.Add(Path.GetFileName(files[i]));
                    continue;
                }

                if (!seen.Add(picture.Hash))
                {
                    note($"{picture.Name}: the same pixels as a picture before it, left out");
                    continue;
                }

                note($"[{i + 1}/{files.Count}] {picture.Name}, {picture.Width} x {picture.Height}");
                foreach (CodecPlan plan in plans)
                {
                    await MeasureAsync(picture, plan, scratch.FullName, ct);
                }
            }

            Forget(seen, unread, plans);
        }
        finally
        {
            try
            {
                results.Save();
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        }
    }

    private async Task<BenchPicture?> PrepareAsync(string file, string scratch, CancellationToken ct)
    {
        try
        {
            return await PictureFiles.PrepareAsync(file, scratch, ct);
        }
        catch (Exception exception) when (PointFailure.Covers(exception))
        {
            Fail(new Failure(Path.GetFileName(file), null, null, exception.Message));
            return null;
        }
    }

    private async Task MeasureAsync(BenchPicture picture, CodecPlan plan, string scratch, CancellationToken ct)
    {
        PictureResult target = results.Document.For(plan.Codec, picture);
        foreach (int? quality in plan.Qualities)
        {
            ct.ThrowIfCancellationRequested();
            if (target.At(quality) is not null)
            {
                Reused++;
                continue;
            }

            string folder = Directory.CreateDirectory(Path.Combine(scratch, "point")).FullName;
            try
            {
                CodecRun run = await plan.Codec.RunAsync(picture, quality ?? 0, folder, ct);
                target.Add(Measure(picture, quality, run));
                results.Document.MarkMeasured(plan.Codec, _machine);
                Measured++;
            }
            catch (Exception exception) when (PointFailure.Covers(exception))
            {
                Fail(new Failure(picture.Name, plan.Codec.Name, quality, exception.Message));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            // Results that cannot be saved are no failure of a point: to measure on would lose hours.
            results.SaveSometimes();
        }
    }

    private static Point Measure(BenchPicture picture, int? quality, CodecRun run)
    {
        var comparison = PictureComparison.Compare(picture.Pixels, run.Decoded, picture.Width, picture.Height, 3);
        return new Point
        {
            Quality = quality,
            Bytes = run.FileBytes,
            BitsPerPixel = 8.0 * run.FileBytes / picture.PixelCount,
            Psnr = double.IsFinite(comparison.Psnr) ? comparison.Psnr : null,
            PsnrY = double.IsFinite(comparison.PsnrY) ? comparison.PsnrY : null,
            Ssim = comparison.Ssim,
            MsSsim = comparison.MsSsim,
            MaxError = comparison.MaxError,
            EncodeSeconds = run.EncodeSeconds,
            DecodeSeconds = run.DecodeSeconds,
            EncodePeakBytes = run.EncodePeakBytes,
            DecodePeakBytes = run.DecodePeakBytes,
        };
    }

    private void Fail(Failure failure)
    {
        results.Document.Failures.Add(failure);
        string point = failure.Codec is null ? failure.File : $"{failure.File}, {failure.Codec}{(failure.Quality is { } quality ? $" at quality {quality}" : "")}";
        (problem ?? note)($"failed: {point}: {failure.Message}");
    }

    /// <summary>Pictures that are no longer in the folder must not enter the means. One that cannot be read this time is there, as far as its name tells.</summary>
    private void Forget(HashSet<string> seen, HashSet<string> unread, IReadOnlyList<CodecPlan> plans)
    {
        foreach (CodecPlan plan in plans)
        {
            int gone = results.Document.For(plan.Codec).Pictures.RemoveAll(picture => !seen.Contains(picture.Hash) && !unread.Contains(picture.File));
            if (gone > 0)
            {
                note($"{plan.Codec.Name}: results of {gone} pictures that are not in the folder any more were dropped");
            }
        }
    }
}
