using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>The codecs that can be measured, by name.</summary>
internal static class CodecCatalogue
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. VaeCodecs.Names, VaeLosslessCodec.Lossless, "jpeg420", "jpeg444", "png", "webp", "webp-lossless", "avif", "jxl", "jxl-lossless"];

    /// <summary>What is measured where nothing is asked for: all but the efforts above the default, which take up to thirty times as long as the rest together.</summary>
    public static IEnumerable<string> DefaultNames => Names.Where(name => !VaeCodecs.SlowNames.Contains(name));

    /// <summary>Makes the named codecs.</summary>
    /// <param name="names">Names from <see cref="Names"/>.</param>
    /// <param name="modelFiles">Model files for vae, or "standard" for the built-in one; none for the built-in one alone.</param>
    /// <param name="missing">Takes the name of what could not be made, and why.</param>
    /// <exception cref="VaeModelException">A model is missing or not acceptable.</exception>
    /// <exception cref="BenchUsageException">There is no codec of a name, or a model is named twice.</exception>
    public static IReadOnlyList<ICodec> Create(IEnumerable<string> names, IReadOnlyList<string> modelFiles, Action<string> missing)
    {
        string[] wanted = [.. names.Distinct()];
        string? unknown = Array.Find(wanted, name => !Names.Contains(name));
        if (unknown is not null)
        {
            throw new BenchUsageException($"There is no codec '{unknown}'; there are {string.Join(", ", Names)}.");
        }

        // Models are read only where one of the names needs them.
        VaeCodecs? models = wanted.Any(VaeCodecs.Names.Contains) ? VaeCodecs.Load(modelFiles) : null;
        return [.. wanted.SelectMany(name => VaeCodecs.Names.Contains(name) ? models!.Create(name) : Single(name, missing))];
    }

    private static IEnumerable<ICodec> Single(string name, Action<string> missing) => name switch
    {
        VaeLosslessCodec.Lossless => [new VaeLosslessCodec()],
        "png" => [new PngCodec(ExternalProgram.Find("optipng"))],
        "jpeg420" => Pair(name, "cjpeg", "djpeg", "libjpeg-turbo-progs", missing, (encoder, decoder) => new JpegCodec(encoder, decoder, true)),
        "jpeg444" => Pair(name, "cjpeg", "djpeg", "libjpeg-turbo-progs", missing, (encoder, decoder) => new JpegCodec(encoder, decoder, false)),
        "webp" => Pair(name, "cwebp", "dwebp", "webp", missing, (encoder, decoder) => new WebpCodec(encoder, decoder)),
        "webp-lossless" => Pair(name, "cwebp", "dwebp", "webp", missing, (encoder, decoder) => new WebpLosslessCodec(encoder, decoder)),
        "avif" => Pair(name, "avifenc", "avifdec", "libavif-bin", missing, (encoder, decoder) => new AvifCodec(encoder, decoder)),
        "jxl" => Pair(name, "cjxl", "djxl", "libjxl-tools", missing, (encoder, decoder) => new JxlCodec(encoder, decoder)),
        "jxl-lossless" => Pair(name, "cjxl", "djxl", "libjxl-tools", missing, (encoder, decoder) => new JxlLosslessCodec(encoder, decoder)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "It is not in Names."),
    };

    private static ICodec[] Pair(
        string name, string encoder, string decoder, string package, Action<string> missing, Func<ExternalProgram, ExternalProgram, ICodec> create)
    {
        if (ExternalProgram.Find(encoder) is { } first && ExternalProgram.Find(decoder) is { } second)
        {
            return [create(first, second)];
        }

        missing($"{name}: {encoder} or {decoder} is not installed (Debian: apt-get install {package})");
        return [];
    }
}
