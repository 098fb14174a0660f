using VaeCodec.Imaging;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.CommandLine;

/// <summary>What a command line asks for.</summary>
internal sealed record BenchRequest
{
    /// <summary>The codec that BD-rates are against where the user names none.</summary>
    public const string UsualBaseline = "jpeg420";

    /// <summary>Bits per pixel of parts of pictures where the user names none.</summary>
    public const double UsualCropRate = 0.5;

    /// <summary>The folder of pictures; null where only reports are made.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether reports are made of what the results file holds, and nothing is measured.</summary>
    public bool ReportOnly { get; init; }

    /// <summary>Names of codecs; none for all that are installed.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = [];

    /// <summary>Model files for vae.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Qualities as the user wrote them.</summary>
    public IReadOnlyList<string> Qualities { get; init; } = [];

    /// <summary>The results file; null keeps results in memory only.</summary>
    public string? Json { get; init; }

    /// <summary>Where the points go as comma-separated values.</summary>
    public string? Csv { get; init; }

    /// <summary>The folder for CompressAI's result files.</summary>
    public string? CompressAi { get; init; }

    /// <summary>Where the report goes.</summary>
    public string? Html { get; init; }

    /// <summary>Where the chart goes.</summary>
    public string? Svg { get; init; }

    /// <summary>The file whose section between the markers is rewritten.</summary>
    public string? Readme { get; init; }

    /// <summary>Bits per pixel at which the user wants parts of pictures in the report; null where nothing is said.</summary>
    public double? ChosenCropRate { get; init; }

    /// <summary>Bits per pixel at which the report shows parts of pictures.</summary>
    public double CropRate => ChosenCropRate ?? UsualCropRate;

    /// <summary>The codec that the user wants BD-rates against; null where nothing is said.</summary>
    public string? ChosenBaseline { get; init; }

    /// <summary>The codec that BD-rates are against.</summary>
    public string Baseline => ChosenBaseline ?? UsualBaseline;

    /// <summary>Names of published curves to draw beside what was measured.</summary>
    public IReadOnlyList<string> Overlays { get; init; } = [];

    /// <summary>The file that holds them.</summary>
    public string? OverlayFile { get; init; }

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="BenchUsageException">The request does not make sense.</exception>
    public void Validate()
    {
        Require(!Models.Contains(string.Empty), "--model has an empty name.");
        Require(OverlayFile is not "", "--overlay-file has an empty name.");
        Require(Overlays.Count == 0 || OverlayFile is not null, "--overlay names published curves, and --overlay-file does not say where they are.");
        Require(Overlays.Count > 0 || OverlayFile is null, "--overlay-file holds published curves, and --overlay does not name any of them.");
        if (ReportOnly)
        {
            Require(Folder is null, $"--report-only measures nothing: the folder '{Folder}' has no place with it.");
            Require(Json is not null, "--report-only makes reports of a results file: name it with --json.");
            Require(File.Exists(Json), $"{Json}: there is no such results file to make reports of (--report-only).");
            Require(Codecs.Count + Models.Count + Qualities.Count == 0, "--report-only measures nothing: --codecs, --model and --qualities have no place with it.");
            Require(ChosenCropRate is null, "--report-only has no pictures to show parts of: --crop-bpp has no place with it.");
        }
        else
        {
            Require(Folder is not null, "DIR, the folder of pictures, is missing; only --report-only does without.");
            Require(Directory.Exists(Folder), $"{Folder}: there is no such folder.");
            Require(Models.Count == 0 || Codecs.Count == 0 || Codecs.Any(VaeCodecs.Names.Contains), $"--model is for the codecs {string.Join(", ", VaeCodecs.Names)}, and --codecs names none of them.");
            Require(ChosenCropRate is null || Html is not null, "--crop-bpp is the rate of the parts of pictures in a report, and --html does not name one.");
        }

        RequirePlaces();
    }

    private void RequirePlaces()
    {
        (string Option, string? Path)[] files = [("--json", Json), ("--csv", Csv), ("--html", Html), ("--svg", Svg), ("--readme", Readme)];
        Dictionary<string, string> taken = new(SystemPaths.Comparer);
        foreach ((string option, string? path) in files)
        {
            if (path is null)
            {
                continue;
            }

            if (WholeFile.Obstacle(path) is { } obstacle)
            {
                throw new BenchUsageException($"{option} '{path}' cannot be written: {obstacle}.");
            }

            // An earlier report is replaced; results and pictures are not to be had again.
            Require(!File.Exists(path) || !PictureFormats.IsRead(path), $"{option} '{path}' is a picture that is there already. Name another file.");
            Require(taken.TryAdd(WholeFile.Target(path), option), $"{option} and {taken.GetValueOrDefault(WholeFile.Target(path))} both name '{path}'. Name two files.");
        }

        if (OverlayFile is not null)
        {
            Require(taken.TryAdd(WholeFile.Target(OverlayFile), "--overlay-file"), $"--overlay-file and {taken.GetValueOrDefault(WholeFile.Target(OverlayFile))} both name '{OverlayFile}'. Name two files.");
        }

        if (CompressAi is not null)
        {
            RequireFolder(CompressAi, [.. files, ("--overlay-file", OverlayFile)]);
        }
    }

    /// <summary>The folder itself is made where it is missing. Its files are called by codecs, vae.json for one, and would replace others of such names.</summary>
    private static void RequireFolder(string folder, (string Option, string? Path)[] files)
    {
        Require(folder != string.Empty, "--compressai '' cannot be written: it has no name.");
        Require(!File.Exists(folder), $"--compressai '{folder}' cannot be written: it is a file; name a folder.");
        string full = WithoutLinks(folder);
        foreach ((string option, string? path) in files)
        {
            // By its own name, and by that of what it leads to: either would be replaced.
            Require(
                path is null || !Same(Path.GetExtension(path), CompressAiFile.Extension) || !(Same(WithoutLinks(Path.GetDirectoryName(Path.GetFullPath(path))!), full) || Same(WithoutLinks(Path.GetDirectoryName(WholeFile.Target(path))!), full)),
                $"{option} '{path}' lies in the folder of --compressai, whose files are called by codecs. Name another folder.");
        }
    }

    private static bool Same(string first, string second) => string.Equals(first, second, SystemPaths.Comparison);

    private static string WithoutLinks(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        DirectoryInfo here = new(Path.Combine(WithoutLinks(parent), Path.GetFileName(full)));
        return here.LinkTarget is null ? here.FullName : Path.TrimEndingDirectorySeparator(here.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new BenchUsageException(message);
        }
    }
}
