using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VaeCodec.Generation;
using VaeCodec.Imaging;
using VaeCodec.Metrics;
using VaeCodec.Models.Gaussian;

namespace VaeCodec.Tool;

/// <summary>vaecodec recover: damages a picture with holes or noise and shows what the small VAE makes of what is left.</summary>
internal sealed class RecoverCommand : ToolCommand
{
    private const int Grey = 128;

    private readonly Argument<string> _picture = SharedOptions.Name(new Argument<string>("PICTURE") { Description = "A picture; its middle square is made as small as the model's pictures, 32 x 32" });
    private readonly Argument<string> _output = SharedOptions.Name(new Argument<string>("OUT") { Description = "The sheet to write, original, damaged, recovered: .png, .ppm, .jpg, or .html for a page" });
    private readonly Option<string[]> _holes = new("--hole") { Description = "A hole in the small picture, in its pixels; may be repeated [default, without noise: 10,10,12,12]", HelpName = "X,Y,W,H", AllowMultipleArgumentsPerToken = false };
    private readonly Option<double?> _noise = OptionParsers.Positive("--noise", "Gaussian noise of such a standard deviation, in levels of 0 to 255.", "LEVELS");
    private readonly Option<int> _seed = OptionParsers.Integer("--seed", "Seed of the noise.", 0, int.MaxValue, 1);
    private readonly Option<string?> _model = SharedOptions.Model("The model: small, or a .vaemodel file of its kind [default: small]");
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<long?> _maxPixels = SharedOptions.MaxPixels();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    public RecoverCommand()
        : base(
            "recover",
            "Make holes or noise in a small picture, and recover it with the small VAE.",
            "Looks for the most probable latents given the pixels that are left; the decoder then says what should be in the holes.",
            "",
            "Examples:",
            "  vaecodec recover photo.jpg recovered.html                          a hole in the middle",
            "  vaecodec recover photo.jpg r.png --hole 0,20,32,5 --hole 4,4,6,6",
            "  vaecodec recover photo.jpg r.png --noise 50")
    {
        Add(_picture);
        Add(_output);
        foreach (Option option in (Option[])[_holes, _noise, _seed, _model, _force])
        {
            Add(option);
        }

        AddAdvanced(_maxPixels);
        AddAdvanced(_maxMemory);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_output), input = arguments.GetRequiredValue(_picture);
        PictureSheet.CheckName(path);
        VaeLimits limits = SharedOptions.Limits(arguments, _maxPixels, _maxMemory);
        await using OutputFile output = OutputFile.Open(path, arguments.GetValue(_force), input);
        using GaussianVae model = GenerativeModel.FindSmall(arguments.GetValue(_model));
        double noise = (arguments.GetValue(_noise) ?? 0) / 255;
        string[] holes = arguments.GetValue(_holes) is { Length: > 0 } given ? given : noise > 0 ? [] : [DefaultHole(model.Side)];
        bool[] known = Known(model.Side, holes);
        run.Subject = input;
        DecodedPicture original = PictureScaling.MiddleSquare(await RgbPicture.ReadAsync(input, limits, run.CancellationToken).ConfigureAwait(false), model.Side);
        byte[] damaged = Damage(original.Pixels, known, noise, arguments.GetValue(_seed));
        RecoveredPicture recovered = GaussianRecovery.Recover(model, damaged, known, noise, run.CancellationToken);
        PictureSheet sheet = Sheet(model, original, damaged, recovered, known, noise);
        run.Subject = output.Name;
        await sheet.WriteAsync(output, path, run.CancellationToken).ConfigureAwait(false);
        foreach (SheetPicture picture in sheet.Pictures.Skip(1))
        {
            run.Result(picture.Caption);
        }

        return ExitCode.Ok;
    }

    private static string DefaultHole(int side) => string.Create(CultureInfo.InvariantCulture, $"{side * 5 / 16},{side * 5 / 16},{side * 3 / 8},{side * 3 / 8}");

    /// <summary>Which pixels no hole covers.</summary>
    private static bool[] Known(int side, string[] holes)
    {
        bool[] known = [.. Enumerable.Repeat(true, side * side)];
        foreach (string hole in holes)
        {
            if (OptionParsers.Region(hole) is not { } region || region.Width > side - region.X || region.Height > side - region.Y)
            {
                throw new UsageException($"'{hole}' is not a hole X,Y,W,H within {side} x {side} pixels (--hole)");
            }

            for (int y = region.Y; y < region.Y + region.Height; y++)
            {
                known.AsSpan((y * side) + region.X, region.Width).Clear();
            }
        }

        return known.Contains(true) ? known : throw new UsageException("the holes leave nothing of the picture (--hole)");
    }

    private static byte[] Damage(byte[] pixels, bool[] known, double noise, int seed)
    {
        StandardNormals normals = new(seed);
        byte[] damaged = [.. pixels];
        for (int i = 0; i < damaged.Length; i++)
        {
            double normal = normals.Next();
            damaged[i] = known[i / 3] ? (byte)Math.Clamp(Math.Round(pixels[i] + (255 * noise * normal)), 0, 255) : (byte)Grey;
        }

        return damaged;
    }

    private static PictureSheet Sheet(GaussianVae model, DecodedPicture original, byte[] damaged, RecoveredPicture recovered, bool[] known, double noise)
    {
        bool hasHoles = known.Contains(false);
        bool[] all = new bool[known.Length];
        string Psnr(byte[] pixels, bool[] left) => $"{Decibels.Format(Difference(original.Pixels, pixels, left))} dB";
        string Caption(string what, byte[] pixels) => hasHoles ? $"{what}: {Psnr(pixels, known)} in the holes, {Psnr(pixels, all)} in all" : $"{what}: {Psnr(pixels, all)}";
        List<SheetPicture> pictures =
        [
            new(original, "original"),
            new(original with { Pixels = damaged }, Caption("damaged", damaged)),
            new(original with { Pixels = recovered.Mean }, Caption("as the latents say", recovered.Mean)),
        ];
        if (hasHoles && noise == 0)
        {
            pictures.Add(new(original with { Pixels = recovered.Merged }, Caption("the same in the holes alone", recovered.Merged)));
        }

        return new PictureSheet
        {
            Title = "A picture recovered",
            Paragraphs =
            [
                $"The latents that are most probable given the pixels that are left, found by gradient descent through the decoder of the model {model.Name} ({model.Identity[..8]}), and what the decoder makes of them.",
                "It cannot know what was there; it says what fits. Detail that its latents do not hold is lost, in the holes and outside.",
            ],
            Pictures = pictures,
            Columns = pictures.Count,
        };
    }

    /// <summary>PSNR in dB of the pixels that are not left out.</summary>
    private static double Difference(byte[] expected, byte[] actual, bool[] leftOut)
    {
        SampleDifference difference = new(new SampleFormat(3, false, 8));
        for (int i = 0; i < leftOut.Length; i++)
        {
            if (!leftOut[i])
            {
                difference.Add(expected.AsSpan(i * 3, 3), actual.AsSpan(i * 3, 3));
            }
        }

        return difference.Psnr;
    }
}
