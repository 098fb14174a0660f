using System.CommandLine;
using VaeCodec.Metrics;

namespace VaeCodec.Tool;

/// <summary>vaecodec compare: how far two pictures are apart.</summary>
internal sealed class CompareCommand : ToolCommand
{
    // What the smaller scales of MS-SSIM need, beside a pixel of each picture, and its window for each pixel of a row: eleven rows of four sums in double precision, and the sums of those.
    private const int ScaleBytesPerPixel = 3;
    private const int WindowBytesPerColumn = 420;

    private readonly Argument<string> _first = SharedOptions.Name(new Argument<string>("FIRST") { Description = "A picture: PNG, PNM or JPEG" });
    private readonly Argument<string> _second = SharedOptions.Name(new Argument<string>("SECOND") { Description = "Another of the same size and kind" });
    private readonly Option<bool> _json = OptionParsers.Flag("--json", "One JSON object on a line.");
    private readonly Option<long?> _maxPixels = SharedOptions.MaxPixels();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    public CompareCommand()
        : base(
            "compare",
            "Measure how far two pictures are apart: PSNR, SSIM, MS-SSIM.",
            "Examples:",
            "  vaecodec compare photo.png back.png",
            "  vaecodec compare --json photo.png back.png | jq .psnr",
            "",
            "PSNR is over all colour samples, peak 2^bits - 1; PSNR-Y over the luma 0.299 R + 0.587 G + 0.114 B (BT.601, full",
            "range, not rounded). SSIM and MS-SSIM are means over the three channels (window of 11 x 11, sigma 1.5; five",
            "scales, fewer for pictures under 161 pixels). Pixels are compared as stored: orientation and colour profile are",
            "ignored. Alpha has a PSNR and a largest error of its own; where both pictures are transparent (alpha 0), colour",
            "counts for SSIM and MS-SSIM alone.",
            "JSON fields: first, second, width, height, layout (as info has it), bit_depth, psnr, psnr_y (dB; null: identical),",
            "ssim, ms_ssim, max_error (in levels: 0 to 2^bit_depth - 1); of pictures with alpha also alpha_psnr (dB; null:",
            "identical) and max_alpha_error. Needs the pixels of both pictures in memory (of JPEG those of one twice), 3 bytes more for",
            "each pixel and 420 for each of a row.")
    {
        Add(_first);
        Add(_second);
        Add(_json);
        Add(_maxPixels);
        Add(_maxMemory);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        VaeLimits limits = SharedOptions.Limits(arguments, _maxPixels, _maxMemory);
        string firstPath = arguments.GetRequiredValue(_first);
        string secondPath = arguments.GetRequiredValue(_second);
        if (firstPath == FilePaths.Dash && secondPath == FilePaths.Dash)
        {
            throw new UsageException("only one of the two pictures can be standard input");
        }

        DecodedPicture first = await ReadAsync(run, firstPath, null, limits).ConfigureAwait(false);
        DecodedPicture second = await ReadAsync(run, secondPath, first.Picture, limits).ConfigureAwait(false);
        PictureDescription picture = first.Picture;
        var comparison = PictureComparison.Compare(first.Pixels, second.Pixels, picture.Width, picture.Height, MeasuredPictures.Format(picture), run.CancellationToken);
        bool json = arguments.GetValue(_json);
        run.Result(json ? CompareText.Json(firstPath, secondPath, picture, comparison) : CompareText.Text(firstPath, secondPath, comparison), isData: json);
        return ExitCode.Ok;
    }

    private static async Task<DecodedPicture> ReadAsync(CommandRun run, string path, PictureDescription? expected, VaeLimits limits)
    {
        run.Subject = path;
        await using InputFile input = InputFile.Open(path);
        run.Subject = input.Name;
        await using OpenPicture reader = await OpenPicture.OpenAsync(input, MetadataKinds.All, limits, run.CancellationToken).ConfigureAwait(false);
        PictureDescription picture = reader.Picture;
        if (expected is not null && !MeasuredPictures.Match(picture, expected))
        {
            throw new RefusalException(
                input.Name,
                $"is {LayoutText.WithSize(picture)}, and the first picture {LayoutText.WithSize(expected)}: only pictures of the same size and kind can be compared");
        }

        // A JPEG is decoded whole, and only then handed over.
        long pictures = reader.IsDecodedWhole ? 3 : 2, needed = ((long)picture.Width * picture.Height * ((pictures * picture.Layout.BytesPerPixel()) + ScaleBytesPerPixel)) + ((long)picture.Width * WindowBytesPerColumn);
        if (needed > limits.MaxMemoryBytes || (long)picture.RowBytes * picture.Height > Array.MaxLength)
        {
            throw new VaeLimitException(
                $"Comparing pictures of {picture.Width} x {picture.Height} takes {needed} bytes of memory, more than the limit of {limits.MaxMemoryBytes} or than fits an array. Raise it with --max-memory, or compare parts.");
        }

        var sink = new MemoryRowSink(limits);
        await RowCopy.CopyAsync(reader, sink, run.CancellationToken).ConfigureAwait(false);
        return new DecodedPicture(sink.Picture, sink.Pixels);
    }
}
