using System.Diagnostics;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>Decodes one file to a picture.</summary>
internal static class DecodeFileJob
{
    private const int MostLostNamed = 20;

    /// <summary>Does it.</summary>
    /// <param name="run">The file's own run.</param>
    /// <param name="item">The file, and where the picture goes.</param>
    /// <param name="settings">How.</param>
    /// <param name="threads">Threads to use.</param>
    public static async Task<FileReport> RunAsync(CommandRun run, BatchItem item, DecodeSettings settings, int threads)
    {
        OutputFormat? format = settings.Format ?? OutputFormat.OfPath(item.Output);
        await using InputFile input = InputFile.Open(item.Input);
        await using OutputFile output = OutputFile.Open(item.Output, settings.Force, input.Path);
        if (format is null)
        {
            run.Note($"vaecodec: {output.Name}: the extension says no format that can be written; writing PNG");
            format = OutputFormat.Png;
        }

        using ConsoleProgress? progress = run.StartProgress("decoding");
        VaeDecoderOptions options = settings.Options with { Threads = threads, Progress = progress };
        IRowSink sink = format.CreateWriter(output.Stream, settings.Writing).Without(settings.Left);

        run.Subject = input.Name;
        long start = Stopwatch.GetTimestamp();
        DecodeResult result = await DecodeJob.RunAsync(input.Stream, sink, options, picture => CheckWriterAsync(format, picture.Without(settings.Left), run.CancellationToken), run.CancellationToken).ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        run.Subject = output.Name;
        long written = output.BytesWritten;
        await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
        progress?.Dispose();
        PictureDescription picture = result.Picture, whole = result.Info.Picture;
        bool isWhole = (picture.Width, picture.Height) == (whole.Width, whole.Height);
        double bitsPerPixel = 8.0 * result.FileBytes / ((double)picture.Width * picture.Height);
        string extent = isWhole ? $"{bitsPerPixel:0.000} bits per pixel" : $"a picture of {whole.Width} x {whole.Height}";
        PictureMetadata travelling = picture.Without(settings.Left).Metadata;
        string[] kinds = [.. NotHeld(format, picture, travelling)];
        if (kinds.Length > 0)
        {
            run.Note($"{output.Name}: the format does not hold the picture's {string.Join(" and ", kinds)}{(picture.Colour.Matrix == 0 ? "; PNG does" : "")}");
        }

        run.Note($"{input.Name} -> {output.Name}: {picture.Width} x {picture.Height}, from {ByteSize.Format(result.FileBytes)}, {extent}");
        if (run.Verbosity > 0)
        {
            RunDetails.Write(run, picture.Width, picture.Height, elapsed, result.Info.HasNetworks ? $"{result.Info.ModelName} {result.Info.ModelIdentity}" : null);
        }

        VaeException? problem = result.LostTiles.Count > 0 ? result.LostTiles[0].Problem : result.TailProblem;
        return new FileReport(FileStatus.Done, ReportLost(input.Name, result))
        {
            InputBytes = result.FileBytes,
            OutputBytes = written,
            Message = problem is null ? null : ErrorReport.Message(problem),
            Error = problem?.Error.ToString(),
            Details = writer =>
            {
                writer.WriteNumber("width", picture.Width);
                writer.WriteNumber("height", picture.Height);
                if (isWhole)
                {
                    writer.WriteNumber("bits_per_pixel", bitsPerPixel);
                }

                if (settings.Options.AllowPartial)
                {
                    writer.WriteNumber("lost_tiles", result.LostTiles.Count);
                }

                writer.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
            },
        };
    }

    /// <summary>
    /// Lets a writer refuse now what it would refuse when it is begun, which is after the first row of tiles: a depth, alpha, colour or metadata that its format does not hold.
    /// The picture is a single pixel here, because a writer may take memory for all of it.
    /// </summary>
    /// <exception cref="VaeUnsupportedException">The format does not hold such pictures.</exception>
    private static async Task CheckWriterAsync(OutputFormat format, PictureDescription picture, CancellationToken cancellationToken)
    {
        IRowSink trial = format.CreateWriter(Stream.Null, PictureWriterOptions.Default);
        try
        {
            await trial.BeginAsync(picture with { Width = 1, Height = 1 }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (trial is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>What of a picture a format has no place for, in words.</summary>
    private static IEnumerable<string> NotHeld(OutputFormat format, PictureDescription picture, PictureMetadata travelling)
    {
        if (!format.HoldsProfile && travelling.IccProfile is not null)
        {
            yield return "colour profile (ICC)";
        }

        if (!format.HoldsExif && travelling.Exif is not null)
        {
            yield return "EXIF (orientation, pixels an inch and the like)";
        }

        if (!format.HoldsCodePoints && picture.Colour != ColourCodePoints.Srgb)
        {
            yield return $"code points ({picture.Colour.Primaries}/{picture.Colour.Transfer}, by which its colours are not those of sRGB)";
        }
    }

    private static int ReportLost(string name, DecodeResult result)
    {
        // Errors, not notes: --quiet must not hide that a part of the picture is made up.
        foreach (VaeLostTile tile in result.LostTiles.Take(MostLostNamed))
        {
            Messages.Write($"vaecodec: {name}: tile {tile.Column},{tile.Row} is made up: {tile.Problem.Message}");
        }

        if (result.TailProblem is { } problem)
        {
            Messages.Write($"vaecodec: {name}: behind the last tile: {problem.Message}");
        }

        if (result.LostTiles.Count > 0)
        {
            Messages.Write($"vaecodec: {name}: {result.LostTiles.Count} of {result.Info.TileCount} tiles were lost and made up from their neighbourhood");
        }

        return result.LostTiles.Count > 0 || result.TailProblem is not null ? ExitCode.Partial : ExitCode.Ok;
    }
}
