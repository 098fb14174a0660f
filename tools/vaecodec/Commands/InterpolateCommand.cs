using System.CommandLine;
using System.Globalization;
using VaeCodec.Generation;
using VaeCodec.Imaging;
using VaeCodec.Models.Gaussian;

namespace VaeCodec.Tool;

/// <summary>vaecodec interpolate: the way from one picture to another through a model's latents.</summary>
internal sealed class InterpolateCommand : ToolCommand
{
    private const int SmallSteps = 9, FadeSteps = 5, MostSteps = 99, FadeColumns = 3;

    /// <summary>Bytes for each pixel of two pictures.</summary>
    private const int FadeBytes = 6;

    private readonly Argument<string> _from = SharedOptions.Name(new Argument<string>("A") { Description = "A picture" });
    private readonly Argument<string> _to = SharedOptions.Name(new Argument<string>("B") { Description = "Another" });
    private readonly Argument<string> _output = SharedOptions.Name(new Argument<string>("OUT") { Description = "The sheet of pictures to write: .png, .ppm, .jpg, or .html for a page" });
    private readonly Option<string?> _model = SharedOptions.Model(GenerativeModel.Description);
    private readonly Option<int> _steps = OptionParsers.Integer("--steps", "Pictures of the way, its ends among them [default: 9, of a cross-fade 5]", 2, MostSteps, null);
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<long?> _maxPixels = SharedOptions.MaxPixels();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    public InterpolateCommand()
        : base(
            "interpolate",
            "Go from one picture to another through a model's latents.",
            "The small VAE takes the middle square of each picture, made 32 x 32, and turns one scene into the other. The codec's model",
            "takes two pictures of one size and fades one into the other: a cross-fade, for its latents say what is where.",
            "",
            "Examples:",
            "  vaecodec interpolate beach.jpg forest.jpg way.html",
            "  vaecodec interpolate one.png two.png fade.png --model standard --steps 3")
    {
        Add(_from);
        Add(_to);
        Add(_output);
        foreach (Option option in (Option[])[_model, _steps, _force])
        {
            Add(option);
        }

        AddAdvanced(_maxPixels);
        AddAdvanced(_maxMemory);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_output), first = arguments.GetRequiredValue(_from), second = arguments.GetRequiredValue(_to);
        PictureSheet.CheckName(path);
        if (first == FilePaths.Dash && second == FilePaths.Dash)
        {
            throw new UsageException("standard input holds one picture; name a file for A or B");
        }

        VaeLimits limits = SharedOptions.Limits(arguments, _maxPixels, _maxMemory);
        await using OutputFile output = OutputFile.Open(path, arguments.GetValue(_force), first, second);
        using GenerativeModel model = GenerativeModel.Find(arguments.GetValue(_model));
        DecodedPicture one = await ReadAsync(run, first, model, limits, 0).ConfigureAwait(false), other = await ReadAsync(run, second, model, limits, one.Pixels.Length).ConfigureAwait(false);
        int steps = arguments.GetValue(_steps);
        run.Subject = output.Name;
        PictureSheet sheet = model.Small is { } small
            ? Interpolate(small, one, other, steps > 0 ? steps : SmallSteps)
            : Fade(model.Codec!, one, other, steps > 0 ? steps : FadeSteps, limits, run.CancellationToken);
        await sheet.WriteAsync(output, path, run.CancellationToken).ConfigureAwait(false);
        run.Note($"{first}, {second} -> {output.Name}");
        return ExitCode.Ok;
    }

    /// <summary>Reads a picture; for the small VAE only its middle square, made as small as that takes, is kept.</summary>
    private static async Task<DecodedPicture> ReadAsync(CommandRun run, string path, GenerativeModel model, VaeLimits limits, long held)
    {
        run.Subject = path;
        DecodedPicture picture = await RgbPicture.ReadAsync(path, limits, run.CancellationToken, held).ConfigureAwait(false);
        return model.Small is { } small ? PictureScaling.MiddleSquare(picture, small.Side) : picture;
    }

    private static PictureSheet Interpolate(GaussianVae model, DecodedPicture one, DecodedPicture other, int steps)
    {
        GaussianPosterior start = model.Encode(one.Pixels), end = model.Encode(other.Pixels);
        IEnumerable<SheetPicture> way = Places(steps).Select(place =>
            new SheetPicture(one with { Pixels = model.Decode(LatentInterpolation.Spherical(start.Means, end.Means, place)) }, Caption(place)));
        return new PictureSheet
        {
            Title = "From one picture to another",
            Paragraphs =
            [
                string.Create(CultureInfo.InvariantCulture, $"At the ends the two pictures, between them what the model {model.Name} ({model.Identity[..8]}) decodes on the way from one code to the other, along a great circle."),
                string.Create(CultureInfo.InvariantCulture, $"The codes say {start.TotalDivergence:0} and {end.TotalDivergence:0} nats of their pictures. What lies between them is no mean of their pixels, but what the decoder makes of codes between theirs."),
            ],
            Pictures = [new SheetPicture(one, "A"), .. way, new SheetPicture(other, "B")],
            Columns = Math.Min(steps + 2, 11),
        };
    }

    private static PictureSheet Fade(VaeModel model, DecodedPicture one, DecodedPicture other, int steps, VaeLimits limits, CancellationToken cancellationToken)
    {
        if ((one.Picture.Width, one.Picture.Height) != (other.Picture.Width, other.Picture.Height))
        {
            throw new UsageException($"the codec's model fades pictures of one size: these are {one.Picture.Width} x {one.Picture.Height} and {other.Picture.Width} x {other.Picture.Height}");
        }

        PictureSheet.CheckMemory(steps, one.Picture.Width, one.Picture.Height, FadeBytes, limits, CrossFade.MemoryBytes(model, one.Picture.Width, one.Picture.Height));
        CrossFade fade = new(model, one, other);
        return new PictureSheet
        {
            Title = "A cross-fade through the codec's latents",
            Paragraphs =
            [
                $"Latents of the model {model.Name} ({model.Identity[..8]}), mixed and synthesised without quantisation.",
                "It is a cross-fade: these latents say what is where, so halfway between two pictures lie both of them.",
            ],
            Pictures = [.. Places(steps).Select(place =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return new SheetPicture(fade.At(place), Caption(place));
            })],
            Columns = Math.Min(steps, FadeColumns),
        };
    }

    private static IEnumerable<double> Places(int steps) => Enumerable.Range(0, steps).Select(i => i / (double)(steps - 1));

    private static string Caption(double place) => place.ToString("0.###", CultureInfo.InvariantCulture);
}
