using System.Diagnostics;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>The work of vaecodec demo in a folder that is there.</summary>
/// <param name="run">The run.</param>
/// <param name="folder">Where the files go.</param>
/// <param name="force">Whether files in it may be replaced.</param>
/// <param name="model">The model; null is the standard one.</param>
/// <param name="threads">Threads; 0 is one for each processor.</param>
/// <param name="limits">Limits for reading the picture, encoding and decoding.</param>
internal sealed class DemoJob(CommandRun run, string folder, bool force, VaeModel? model, int threads, VaeLimits limits)
{
    private CancellationToken Stop => run.CancellationToken;

    /// <summary>Encodes and decodes at every quality and prints a row for each.</summary>
    /// <param name="picture">The picture; null for the generated one.</param>
    /// <param name="qualities">The qualities, 1..100.</param>
    public async Task RunAsync(string? picture, IReadOnlyList<int> qualities)
    {
        string original = picture ?? await WriteSampleAsync().ConfigureAwait(false);
        string stem = Path.GetFileNameWithoutExtension(original);
        PictureDescription description = await DescribeAsync(original).ConfigureAwait(false);
        long raw = (long)description.RowBytes * description.Height;
        string name = picture ?? "generated picture";
        run.Result($"{name}: {description.Width} x {description.Height}, {ByteSize.Format(raw)} raw, {ByteSize.Format(new FileInfo(original).Length)} as a file");
        run.Result("quality   .vae bytes   bits/pixel   PSNR dB   encode s   decode s");
        foreach (int quality in qualities)
        {
            await RunOneAsync(original, stem, description, quality).ConfigureAwait(false);
        }

        run.Detail($"  model {(model ?? VaeModel.Standard).Name} {(model ?? VaeModel.Standard).Identity}");
        run.Detail($"  cpu path {VaeCpu.Path}");
    }

    private async Task RunOneAsync(string original, string stem, PictureDescription description, int quality)
    {
        PictureFormat format = FormatFor(description);
        string encoded = Path.Combine(folder, $"{stem}.q{quality}.vae");
        string decoded = Path.Combine(folder, $"{stem}.q{quality}{PictureFormats.FileExtension(format)}");

        long start = Stopwatch.GetTimestamp();
        VaeEncodeResult result = await EncodeAsync(original, encoded, quality).ConfigureAwait(false);
        TimeSpan encodeTime = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();

        // With a profile for colour a grey picture would be written as colour, and not be the original's kind.
        await DecodeAsync(encoded, decoded, format, description.Layout.ColourChannels() == 1 ? MetadataKinds.Icc : MetadataKinds.None).ConfigureAwait(false);
        TimeSpan decodeTime = Stopwatch.GetElapsedTime(start);

        double decibels = await CompareAsync(original, decoded).ConfigureAwait(false);
        run.Result($"{quality,7}   {result.FileBytes,10}   {result.BitsPerPixel,10:0.000}   {Decibels.Format(decibels),7}   {encodeTime.TotalSeconds,8:0.00}   {decodeTime.TotalSeconds,8:0.00}");
    }

    // PNG has samples of 8 and of 16 bits; PNM states every depth between.
    private static PictureFormat FormatFor(PictureDescription picture) => picture.BitDepth is 8 or 16 ? PictureFormat.Png : PictureFormat.Pnm;

    private async Task<string> WriteSampleAsync()
    {
        string path = Path.Combine(folder, "sample.png");
        await using OutputFile output = OutputFile.Open(path, force);
        run.Subject = path;
        await RowCopy.CopyAsync(new SamplePicture(), PictureWriter.Create(output.Stream, PictureFormat.Png), Stop).ConfigureAwait(false);
        await output.CommitAsync(Stop).ConfigureAwait(false);
        return path;
    }

    private async Task<PictureDescription> DescribeAsync(string path)
    {
        run.Subject = path;
        await using InputFile input = InputFile.Open(path);
        await using IPictureReader reader = await PictureReader.OpenAsync(input.Stream, limits, Stop).ConfigureAwait(false);
        return reader.Picture;
    }

    private async Task<VaeEncodeResult> EncodeAsync(string from, string to, int quality)
    {
        await using InputFile input = InputFile.Open(from);
        await using OutputFile output = OutputFile.Open(to, force, from);
        run.Subject = from;
        using ConsoleProgress? progress = run.StartProgress("encoding");
        var options = new VaeEncoderOptions { Quality = quality, Model = model, Threads = threads, Limits = limits, Progress = progress };
        VaeEncodeResult result;
        await using (IPictureReader reader = await PictureReader.OpenAsync(input.Stream, limits, Stop).ConfigureAwait(false))
        {
            result = await VaeEncoder.EncodeAsync(reader, output.Stream, options, Stop).ConfigureAwait(false);
            await reader.CompleteAsync(Stop).ConfigureAwait(false);
        }

        await output.CommitAsync(Stop).ConfigureAwait(false);
        return result;
    }

    private async Task DecodeAsync(string from, string to, PictureFormat format, MetadataKinds left)
    {
        await using InputFile input = InputFile.Open(from);
        await using OutputFile output = OutputFile.Open(to, force, from);
        run.Subject = from;
        using ConsoleProgress? progress = run.StartProgress("decoding");
        var options = new VaeDecoderOptions { Models = model is null ? [] : [model], Threads = threads, Limits = limits, Progress = progress };
        await DecodeJob.RunAsync(input.Stream, PictureWriter.Create(output.Stream, format).Without(left), options, null, Stop).ConfigureAwait(false);
        await output.CommitAsync(Stop).ConfigureAwait(false);
    }

    private async Task<double> CompareAsync(string original, string decoded)
    {
        run.Subject = decoded;
        await using InputFile first = InputFile.Open(original);
        await using InputFile second = InputFile.Open(decoded);
        await using IPictureReader expected = await PictureReader.OpenAsync(first.Stream, limits, Stop).ConfigureAwait(false);
        await using IPictureReader actual = await PictureReader.OpenAsync(second.Stream, limits, Stop).ConfigureAwait(false);
        return await ComparingSink.CompareAsync(expected, actual, Stop).ConfigureAwait(false);
    }
}
