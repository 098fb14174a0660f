using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>The codecs that can be measured, by name.</summary>
internal static class CodecCatalogue
{
    private const string Vae = "vae";
    private const string StandardModel = "standard";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Vae, "jpeg420", "jpeg444", "png", "webp", "webp-lossless", "avif", "jxl", "jxl-lossless"];

    /// <summary>Makes the named codecs.</summary>
    /// <param name="names">Names from <see cref="Names"/>.</param>
    /// <param name="modelFiles">Model files for vae, or "standard" for the built-in one; none for the built-in one alone.</param>
    /// <exception cref="VaeModelException">A model is missing or not acceptable.</exception>
    /// <param name="missing">Takes what could not be made, and why.</param>
    public static IReadOnlyList<ICodec> Create(IEnumerable<string> names, IReadOnlyList<string> modelFiles, Action<string> missing)
    {
        var codecs = new List<ICodec>();
        foreach (string name in names.Distinct())
        {
            codecs.AddRange(name == Vae ? Models(modelFiles) : Single(name, missing));
        }

        return codecs;
    }

    private static IEnumerable<ICodec> Models(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            return [new VaeModelCodec(Vae, VaeModel.Standard)];
        }

        var models = files.Select(file => (Stem: Path.GetFileNameWithoutExtension(file), Model: file == StandardModel ? VaeModel.Standard : VaeModel.Load(file))).ToList();
        return models.Select(pair => new VaeModelCodec(models.Count == 1 ? Vae : $"{Vae}-{pair.Stem}", pair.Model));
    }

    private static IEnumerable<ICodec> Single(string name, Action<string> missing) => name switch
    {
        "png" => [new PngCodec(ExternalProgram.Find("optipng"))],
        "jpeg420" => Pair(name, "cjpeg", "djpeg", "libjpeg-turbo-progs", missing, (encoder, decoder) => new JpegCodec(encoder, decoder, true)),
        "jpeg444" => Pair(name, "cjpeg", "djpeg", "libjpeg-turbo-progs", missing, (encoder, decoder) => new JpegCodec(encoder, decoder, false)),
        "webp" => Pair(name, "cwebp", "dwebp", "webp", missing, (encoder, decoder) => new WebpCodec(encoder, decoder)),
        "webp-lossless" => Pair(name, "cwebp", "dwebp", "webp", missing, (encoder, decoder) => new WebpLosslessCodec(encoder, decoder)),
        "avif" => Pair(name, "avifenc", "avifdec", "libavif-bin", missing, (encoder, decoder) => new AvifCodec(encoder, decoder)),
        "jxl" => Pair(name, "cjxl", "djxl", "libjxl-tools", missing, (encoder, decoder) => new JxlCodec(encoder, decoder)),
        "jxl-lossless" => Pair(name, "cjxl", "djxl", "libjxl-tools", missing, (encoder, decoder) => new JxlLosslessCodec(encoder, decoder)),
        _ => throw new ArgumentException($"There is no codec '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
    };

    private static ICodec[] Pair(
        string name, string encoder, string decoder, string package, Action<string> missing, Func<ExternalProgram, ExternalProgram, ICodec> create)
    {
        if (ExternalProgram.Find(encoder) is { } first && ExternalProgram.Find(decoder) is { } second)
        {
            return [create(first, second)];
        }

        missing($"{name}: left out, {encoder} or {decoder} is not installed (Debian: apt-get install {package})");
        return [];
    }
}
