using System.Globalization;
using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.Speed.Processes;

/// <summary>A codec as two command lines.</summary>
/// <param name="Name">What a reader knows it as.</param>
/// <param name="Threads">How many threads it is allowed.</param>
/// <param name="Encode">Program and arguments; <c>{in}</c> is the picture as PPM, <c>{png}</c> as PNG, <c>{file}</c> the file to write, <c>{quality}</c> one of <paramref name="Qualities"/>.</param>
/// <param name="Decode">Program and arguments; <c>{file}</c> is the file to read, <c>{out}</c> where the picture goes without its extension.</param>
/// <param name="VersionArgument">What makes the encoder print its version; null where the name says it.</param>
/// <param name="Copies">How many run at a time, each on files of its own.</param>
/// <param name="HeldToCores">Whether each is held to a core of its own.</param>
/// <param name="Qualities">What <c>{quality}</c> may be, from the worst to the best; null where the command line has none.</param>
internal sealed record CodecProcess(string Name, int Threads, string[] Encode, string[] Decode, string? VersionArgument = null, int Copies = 1, bool HeldToCores = false, IReadOnlyList<int>? Qualities = null)
{
    private const string CoreHolder = "taskset";

    /// <summary>What stands for the quality in names and command lines.</summary>
    private const string QualityMark = "{quality}";

    /// <summary>What people would use instead, each as its own documentation recommends, held to one thread.</summary>
    public static IReadOnlyList<CodecProcess> Peers { get; } =
    [
        new("JPEG 4:2:0, quality {quality} (cjpeg -optimize -progressive)", 1, ["cjpeg", "-quality", QualityMark, "-optimize", "-progressive", "-outfile", "{file}", "{in}"], ["djpeg", "-pnm", "-outfile", "{out}.ppm", "{file}"], "-version", Qualities: [.. Enumerable.Range(1, 100)]),
        new("WebP, quality {quality} (cwebp -m 6)", 1, ["cwebp", "-quiet", "-m", "6", "-q", QualityMark, "{in}", "-o", "{file}"], ["dwebp", "-quiet", "-ppm", "{file}", "-o", "{out}.ppm"], "-version", Qualities: [.. Enumerable.Range(0, 101)]),
        new("AVIF 4:4:4, quantiser {quality} (avifenc -s 6, libaom)", 1, ["avifenc", "-c", "aom", "-s", "6", "-j", "1", "-y", "444", "--min", QualityMark, "--max", QualityMark, "{png}", "{file}"], ["avifdec", "-j", "1", "--png-compress", "0", "{file}", "{out}.png"], "--version", Qualities: [.. Enumerable.Range(0, 64).Reverse()]),
        new("JPEG XL, quality {quality} (cjxl -e 7)", 1, ["cjxl", "-q", QualityMark, "-e", "7", "--num_threads=0", "{in}", "{file}"], ["djxl", "--num_threads=0", "{file}", "{out}.ppm"], "--version", Qualities: [.. Enumerable.Range(1, 100)]),
    ];

    /// <summary>Whether its programs are installed.</summary>
    public bool IsInstalled => ExternalProgram.Find(Encode[0]) is not null && ExternalProgram.Find(Decode[0]) is not null && (!HeldToCores || ExternalProgram.Find(CoreHolder) is not null);

    /// <summary>The same at a quality.</summary>
    /// <param name="quality">One of <see cref="Qualities"/>.</param>
    public CodecProcess At(int quality)
    {
        string text = quality.ToString(CultureInfo.InvariantCulture);
        return this with { Name = Name.Replace(QualityMark, text, StringComparison.Ordinal), Encode = [.. Encode.Select(argument => argument == QualityMark ? text : argument)], Qualities = null };
    }

    /// <summary>The command line of a copy.</summary>
    /// <param name="command"><see cref="Encode"/> or <see cref="Decode"/>.</param>
    /// <param name="copy">Its number.</param>
    public string[] Line(string[] command, int copy) => HeldToCores ? [CoreHolder, "-c", $"{AllowedCores.Numbers[copy % AllowedCores.Numbers.Count]}", .. command] : command;

    /// <summary>This project's tool.</summary>
    /// <param name="tool">The program, or the path of vaecodec.dll, which the installed runtime runs.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="more">Further arguments.</param>
    public static CodecProcess Tool(string tool, int threads, string name = "vaecodec, quality 50", params string[] more) => new(
        name,
        threads,
        [.. Program(tool), "encode", "{in}", "-o", "{file}", "-f", "--quiet", "-q", "50", "-j", $"{threads}", .. more],
        [.. Program(tool), "decode", "{file}", "{out}.ppm", "-f", "--quiet", "-j", $"{threads}", .. more]);

    /// <summary>Whether a tool is an assembly, which the installed runtime runs.</summary>
    public static bool IsAssembly(string tool) => tool.EndsWith(".dll", StringComparison.Ordinal);

    private static string[] Program(string tool) => IsAssembly(tool) ? ["dotnet", tool] : [tool];
}
