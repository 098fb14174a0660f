using System.CommandLine;
using System.Globalization;
using VaeCodec.Generation;
using VaeCodec.Models.Description;
using VaeCodec.Models.Gaussian;

namespace VaeCodec.Tool;

/// <summary>vaecodec sample: pictures that no one took, drawn from a model.</summary>
internal sealed class SampleCommand : ToolCommand
{
    private const int SmallCount = 64, TextureCount = 6, DefaultSide = 256, DefaultQuality = 50, MostSamples = 400;

    private readonly Argument<string> _output = SharedOptions.Name(new Argument<string>("OUT") { Description = "The sheet of pictures to write: .png, .ppm, .jpg, or .html for a page" });
    private readonly Option<string?> _model = SharedOptions.Model(GenerativeModel.Description);
    private readonly Option<int> _count = OptionParsers.Integer("--count", "How many [default: 64, of textures 6]", 1, MostSamples, null, "-n");
    private readonly Option<int> _seed = OptionParsers.Integer("--seed", "The same seed gives the same pictures.", 0, int.MaxValue, 1);
    private readonly Option<double?> _temperature = OptionParsers.Positive("--temperature", "small: what latents are multiplied with; below 1 pictures are calmer and more alike [default: 1]", "T");
    private readonly Option<int> _quality = OptionParsers.Integer("--quality", "standard: whose probabilities to draw from, 1 to 100 [default: 50]", 1, ModelDescription.Qualities, null, "-q");
    private readonly Option<int> _side = OptionParsers.Integer("--side", "standard: side of a texture in pixels, a multiple of 64 [default: 256]", ModelDescription.SizeMultiple, TextureSampler.MaxSide, null);
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    public SampleCommand()
        : base(
            "sample",
            "Draw pictures that no one took: latents from a model's prior, and what its decoder makes of them.",
            "The small VAE (32 x 32) gives blurred scenes: light, land and sky, the sense of a place. The codec's model gives textures and",
            "nothing more: its prior knows how likely a latent is, not which belong together.",
            "",
            "Examples:",
            "  vaecodec sample scenes.png                       64 pictures of the small VAE",
            "  vaecodec sample scenes.html --temperature 0.7    a page, with what the latents are used for",
            "  vaecodec sample textures.png --model standard    what the codec's model takes for likely")
    {
        Add(_output);
        foreach (Option option in (Option[])[_model, _count, _seed, _temperature, _quality, _side, _force])
        {
            Add(option);
        }

        AddAdvanced(_maxMemory);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_output);
        PictureSheet.CheckName(path);
        await using OutputFile output = OutputFile.Open(path, arguments.GetValue(_force));
        using GenerativeModel model = GenerativeModel.Find(arguments.GetValue(_model));
        PictureSheet sheet = model.Small is { } small ? DrawScenes(small, arguments, run.CancellationToken) : DrawTextures(model.Codec!, arguments, run.CancellationToken);
        run.Subject = output.Name;
        await sheet.WriteAsync(output, path, run.CancellationToken).ConfigureAwait(false);
        run.Note($"{sheet.Pictures.Count} pictures -> {output.Name}");
        return ExitCode.Ok;
    }

    private PictureSheet DrawScenes(GaussianVae model, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_quality) > 0 || arguments.GetValue(_side) > 0)
        {
            throw new UsageException("the small VAE has one quality and one size; --quality and --side are for the codec's model");
        }

        int count = arguments.GetValue(_count) is var n and > 0 ? n : SmallCount, seed = arguments.GetValue(_seed);
        float temperature = (float)(arguments.GetValue(_temperature) ?? 1);
        GaussianSampler sampler = new(model, seed);
        PictureDescription picture = new(model.Side, model.Side, PixelLayout.Rgb24);
        return new PictureSheet
        {
            Title = "Pictures that no one took",
            Paragraphs =
            [
                string.Create(CultureInfo.InvariantCulture, $"Each is {model.Latents} numbers drawn from a standard Gaussian and decoded by the model {model.Name} ({model.Identity[..8]}); seed {seed}, temperature {temperature}."),
                "They are as sharp as the model's latents can say: a VAE gives the mean of all pictures that fit them. Light, colour, horizon and masses are there, detail is not.",
            ],
            Pictures = [.. Enumerable.Range(0, count).Select(_ =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return new SheetPicture(new DecodedPicture(picture, sampler.Draw(temperature)), string.Empty);
            })],
            Columns = Columns(count),
            Divergences = model.Divergences,
        };
    }

    private PictureSheet DrawTextures(VaeModel model, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_temperature) is not null)
        {
            throw new UsageException("textures are drawn from probabilities as they are; --temperature is for the small VAE");
        }

        int count = arguments.GetValue(_count) is var n and > 0 ? n : TextureCount, seed = arguments.GetValue(_seed);
        int quality = arguments.GetValue(_quality) is var q and > 0 ? q : DefaultQuality, side = arguments.GetValue(_side) is var s and > 0 ? s : DefaultSide;
        if (side % ModelDescription.SizeMultiple != 0)
        {
            throw new UsageException($"{side} is not a multiple of {ModelDescription.SizeMultiple} (--side)");
        }

        PictureSheet.CheckMemory(count, side, side, 0, SharedOptions.Limits(arguments, null, _maxMemory), TextureSampler.MemoryBytes(model, side));
        return new PictureSheet
        {
            Title = "Textures of the codec's model",
            Paragraphs =
            [
                string.Create(CultureInfo.InvariantCulture, $"Hyper-latents drawn from their prior at quality {quality}, symbols from the probabilities that follow, pixels from those: what the model {model.Name} ({model.Identity[..8]}) takes for typical; seeds from {seed} on."),
                "These are textures, not pictures: to code well a prior must know how likely each latent is, and these know nothing of how far ones belong together.",
            ],
            Pictures = [.. Enumerable.Range(0, count).Select(i =>
            {
                cancellationToken.ThrowIfCancellationRequested();

                // A generator takes negative seeds for positive ones: above the largest they begin anew at 0.
                return new SheetPicture(TextureSampler.Draw(model, quality, side, unchecked(seed + i) & int.MaxValue), string.Empty);
            })],
            Columns = Columns(count),
        };
    }

    /// <summary>As many as rows, or one more.</summary>
    private static int Columns(int count) => (int)Math.Ceiling(Math.Sqrt(count));
}
