using System.Diagnostics;
using System.Globalization;

namespace VaeCodec.Tool;

/// <summary>Encodes one picture to a file.</summary>
internal static class EncodeJob
{
    /// <summary>Does it.</summary>
    /// <param name="run">The file's own run.</param>
    /// <param name="item">The picture, and where the file goes.</param>
    /// <param name="settings">How.</param>
    /// <param name="threads">Threads to use.</param>
    public static async Task<FileReport> RunAsync(CommandRun run, BatchItem item, EncodeSettings settings, int threads)
    {
        VaeEncoderOptions options = settings.Options with { Threads = threads };
        await using InputFile input = InputFile.Open(item.Input);
        if (!input.CanBeReadAgain && settings.Target is not null)
        {
            throw new UsageException("a target needs a picture that can be read several times, and a pipe cannot");
        }

        await using OutputFile output = OutputFile.Open(item.Output, settings.Force, input.Path);
        if (settings.Verify && (!input.CanBeReadAgain || output.PartialPath is null))
        {
            throw new UsageException("--verify reads the picture and the result again, so neither can be a pipe or a device");
        }

        run.Subject = input.Name;
        long start = Stopwatch.GetTimestamp();
        VaeTargetResult found = await EncodeAsync(run, input, output, settings, options).ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        ComparingSink? verified = settings.Verify ? await VerifyAsync(run, item.Input, output, options).ConfigureAwait(false) : null;

        run.Subject = output.Name;
        await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
        Report(run, input, output, settings, found, elapsed);
        double? psnr = verified?.Psnr ?? found.Psnr;
        string alpha = verified?.AlphaPsnr is { } value ? $", alpha {Decibels.Format(value)} dB" : "";
        return new FileReport(FileStatus.Done)
        {
            Line = verified is null ? null : $"{output.Name}: verified, PSNR {Decibels.Format(verified.Psnr)} dB{alpha}",
            InputBytes = input.Length,
            OutputBytes = found.File.FileBytes,
            Details = writer =>
            {
                writer.WriteNumber("width", found.File.Width);
                writer.WriteNumber("height", found.File.Height);
                writer.WriteNumber("bits_per_pixel", found.File.BitsPerPixel);
                if (!IsOfSamples(options))
                {
                    writer.WriteNumber("quality", found.Quality);
                }

                if (psnr is { } decibels)
                {
                    JsonLine.WriteFinite(writer, "psnr", decibels);
                }

                writer.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
            },
        };
    }

    /// <summary>Whether a file is coded as samples, so that it has no quality and errors are bounded.</summary>
    public static bool IsOfSamples(VaeEncoderOptions options) => options.Lossless || options.MaxError > 0;

    private static async Task<VaeTargetResult> EncodeAsync(CommandRun run, InputFile input, OutputFile output, EncodeSettings settings, VaeEncoderOptions options)
    {
        CancellationToken stop = run.CancellationToken;
        using ConsoleProgress? progress = run.StartProgress("encoding");
        options = options with { Progress = progress };
        if (settings.Target is { } target)
        {
            bool isNoted = false;
            return await VaeEncoder.EncodeToTargetAsync(
                async token =>
                {
                    OpenPicture opened = await OpenPicture.OpenAsync(input.Path!, settings.Left, options.Limits, token).ConfigureAwait(false);
                    isNoted = isNoted || NoteLoss(run, input, opened);
                    return opened;
                },
                output.Stream,
                target,
                options,
                stop).ConfigureAwait(false);
        }

        await using OpenPicture picture = await OpenPicture.OpenAsync(input, settings.Left, options.Limits, stop).ConfigureAwait(false);
        NoteLoss(run, input, picture);
        int largest = picture.Picture.MaxSample / 2;
        if (options.MaxError > largest)
        {
            throw new UsageException($"{SharedOptions.MaxErrorName} is at most {largest} for samples of {picture.Picture.BitDepth} bits, which {input.Name} has");
        }

        return new VaeTargetResult(await VaeEncoder.EncodeAsync(picture, output.Stream, options, stop).ConfigureAwait(false), options.Quality, null, 1);
    }

    /// <summary>Says what of a picture does not travel. Returns whether there was anything to say.</summary>
    private static bool NoteLoss(CommandRun run, InputFile input, OpenPicture picture)
    {
        if (picture.LosesExtendedXmp)
        {
            run.Note($"{input.Name}: the JPEG's extended XMP, what does not fit into one segment, is left out; its first packet and all else travel");
        }

        return picture.LosesExtendedXmp;
    }

    private static async Task<ComparingSink> VerifyAsync(CommandRun run, string inputPath, OutputFile output, VaeEncoderOptions options)
    {
        CancellationToken stop = run.CancellationToken;
        run.Subject = output.Name;
        await output.FlushAsync(stop).ConfigureAwait(false);
        await using OpenPicture picture = await OpenPicture.OpenAsync(inputPath, MetadataKinds.All, options.Limits, stop).ConfigureAwait(false);
        var sink = new ComparingSink(picture);
        await using var encoded = new FileStream(output.PartialPath!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous);
        using ConsoleProgress? progress = run.StartProgress("verifying");
        var decoderOptions = new VaeDecoderOptions
        {
            Models = options.Model is { } model ? [model] : [],
            Threads = options.Threads,
            Limits = options.Limits,
            Progress = progress,
        };
        await DecodeJob.RunAsync(encoded, sink, decoderOptions, null, stop).ConfigureAwait(false);
        sink.Require(options);
        return sink;
    }

    private static void Report(CommandRun run, InputFile input, OutputFile output, EncodeSettings settings, VaeTargetResult found, TimeSpan elapsed)
    {
        VaeEncodeResult result = found.File;
        VaeEncoderOptions options = settings.Options;
        string reached = settings.Target is null ? ""
            : string.Create(CultureInfo.InvariantCulture, $", quality {found.Quality}{(found.Psnr is { } psnr ? $", {Decibels.Format(psnr)} dB" : "")}, found in {found.Encodes} encodes");
        run.Note($"{input.Name} -> {output.Name}: {result.Width} x {result.Height}, {ByteSize.Format(result.FileBytes)}, {result.BitsPerPixel:0.000} bits per pixel{reached}");
        if (run.Verbosity > 0)
        {
            string kind = options switch
            {
                { Lossless: true } => "lossless",
                { MaxError: > 0 } => string.Create(CultureInfo.InvariantCulture, $"near-lossless, error at most {options.MaxError}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"quality {found.Quality}"),
            };
            run.Detail($"  {kind}, {result.TileCount} tiles of {result.TileSize} px");
            VaeModel? model = IsOfSamples(options) ? null : options.Model ?? VaeModel.Standard;
            RunDetails.Write(run, result.Width, result.Height, elapsed, model is null ? null : $"{model.Name} {model.Identity}");
        }
    }
}
