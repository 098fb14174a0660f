using System.Globalization;
using VaeCodec.Imaging;
using VaeCodec.Metrics;
using VaeCodec.Models.Description;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Pictures;
using VaeCodec.RateDistortion.Programs;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Processes;

/// <summary>Times programs as a user sees them: start of the process, reading, coding, writing, on generated pictures.</summary>
/// <param name="tool">The tool: a program, or the path of vaecodec.dll.</param>
/// <param name="installed">The vaecodec.dll of a tool that needs an installed runtime, to compare; may be null.</param>
/// <param name="say">Takes a line for each result.</param>
internal sealed class WholeProcess(string tool, string? installed, Action<string> say) : IDisposable
{
    /// <summary>What the numbers of <see cref="CompareAsync"/> are of, in sentences.</summary>
    public static string Conditions(double megapixels) => string.Create(CultureInfo.InvariantCulture, $"""
        From the start of the process to its end, files included (PPM; avifenc reads PNG, and avifdec writes it without compression), {megapixels:0.#} megapixels, best of {Times(megapixels)}. The picture is the generated one, smooth with edges, which all codecs
        find easier than photographs. The other codecs are at the lowest quality that reaches the PSNR of `vaecodec`, or at their best where none does.
        """).ReplaceLineEndings("\n");

    /// <summary>How often everything is run; the best counts, because what else a machine does only ever adds.</summary>
    public const int Repetitions = 5;

    /// <summary>How often where pictures are larger than ten megapixels.</summary>
    public const int LargeRepetitions = 2;

    /// <summary>Megapixels over which scaling is measured.</summary>
    public static readonly double[] Sizes = [0.1, 0.4, 1.6, 6, 25, 100];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vaecodec-speed-");

    /// <summary>The tool that is built beside this program.</summary>
    public static string BuiltTool { get; } = Path.Combine(
        Path.GetDirectoryName(typeof(WholeProcess).Assembly.Location.Replace(Path.Combine("benchmarks", "Speed"), Path.Combine("tools", "vaecodec"), StringComparison.Ordinal))!, "vaecodec.dll");

    /// <summary>Times the tool with one thread and with one for each processor and, on the same picture, what else is installed.</summary>
    /// <param name="megapixels">Size of the picture; it is 3:2.</param>
    /// <param name="others">Whether to time convolutions computed directly, and other codecs.</param>
    public async Task<IReadOnlyList<ProcessTime>> CompareAsync(double megapixels, bool others)
    {
        RequireTool();
        List<CodecProcess> codecs = [.. new[] { 1, Environment.ProcessorCount }.Distinct().Select(threads => CodecProcess.Tool(tool, threads))];
        byte[]? original = null;
        if (others)
        {
            CodecProcess single = CodecProcess.Tool(tool, 1);
            int cores = Environment.ProcessorCount;
            codecs.Add(single with { Name = "the same, held to one core", HeldToCores = true });
            codecs.Add(single with { Name = $"{cores} of these at a time, each on a picture and a core of its own", HeldToCores = true, Copies = cores });
            if (installed is not null)
            {
                codecs.Add(CodecProcess.Tool(installed, 1, "the same on an installed runtime"));
                codecs.Add(CodecProcess.Tool(installed, cores, "the same on an installed runtime"));
            }

            (int width, int height) = SampleSize.Of(megapixels);
            await WriteSampleAsync("in.ppm", PictureFormat.Pnm, width, height);
            await WriteSampleAsync("in.png", PictureFormat.Png, width, height);
            (_, original) = await SamplePixels.CreateAsync(width, height);
            double psnr = await PsnrAsync(single, original, width, height);
            string direct = Path.Combine(_folder.FullName, "direct.vaemodel");
            await File.WriteAllBytesAsync(direct, MethodModel.File(ConvolutionMethod.Direct));
            codecs.Add(CodecProcess.Tool(tool, 1, "the same with convolutions computed directly", "--model", direct));
            foreach (CodecProcess peer in CodecProcess.Peers)
            {
                codecs.Add(peer.IsInstalled ? await MatchAsync(peer, psnr, original, width, height) : peer);
            }
        }

        return await RunAsync(megapixels, codecs, original);
    }

    /// <summary>Times the tool over sizes of pictures with one thread, and over threads at six megapixels.</summary>
    public async Task<IReadOnlyList<ProcessTime>> ScaleAsync()
    {
        List<ProcessTime> times = [];
        foreach (double megapixels in Sizes)
        {
            IEnumerable<int> threads = megapixels == 6 ? new[] { 1, 2, 3, 4, Environment.ProcessorCount }.Distinct().Order() : [1];
            times.AddRange(await RunAsync(megapixels, [.. threads.Select(count => CodecProcess.Tool(tool, count))]));
        }

        return times;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(true);

    /// <summary>The codec at the lowest of its qualities that reaches a PSNR, by halving: PSNR rises with the quality.</summary>
    private async Task<CodecProcess> MatchAsync(CodecProcess codec, double psnr, byte[] pixels, int width, int height)
    {
        (int low, int high) = (0, codec.Qualities!.Count - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (await PsnrAsync(codec.At(codec.Qualities[middle]), pixels, width, height) >= psnr)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return codec.At(codec.Qualities[low]);
    }

    /// <summary>The PSNR that a codec reaches, over R, G and B in dB.</summary>
    private async Task<double> PsnrAsync(CodecProcess codec, byte[] pixels, int width, int height)
    {
        await RunAsync(codec, codec.Encode);
        await RunAsync(codec, codec.Decode);
        return await DecodedPsnrAsync(codec, pixels, width, height);
    }

    private async Task<double> DecodedPsnrAsync(CodecProcess codec, byte[] pixels, int width, int height)
    {
        string extension = Path.GetExtension(codec.Decode.First(argument => argument.StartsWith("{out}", StringComparison.Ordinal)));
        DecodedPicture back = await PictureFiles.ReadAsync(Path.Combine(_folder.FullName, "back0" + extension), CancellationToken.None);
        return PictureComparison.Compare(pixels, back.Pixels, width, height, 3).Psnr;
    }

    /// <exception cref="BenchUsageException">The tool itself is missing: there would be nothing to compare with.</exception>
    private void RequireTool()
    {
        if (!CodecProcess.Tool(tool, 1).IsInstalled || (CodecProcess.IsAssembly(tool) && !File.Exists(tool)))
        {
            throw new BenchUsageException($"{tool}: there is no such program. Publish it, or name another.");
        }

        if (installed is not null && !File.Exists(installed))
        {
            throw new BenchUsageException($"{installed}: there is no such program. Publish it, or leave it out.");
        }
    }

    /// <param name="megapixels">Size of the picture.</param>
    /// <param name="codecs">What to run.</param>
    /// <param name="original">The picture's pixels, to measure PSNR against; null where it is not wanted.</param>
    private async Task<List<ProcessTime>> RunAsync(double megapixels, IReadOnlyList<CodecProcess> codecs, byte[]? original = null)
    {
        (int width, int height) = SampleSize.Of(megapixels);
        await WriteSampleAsync("in.ppm", PictureFormat.Pnm, width, height);
        say($"{VaeCpu.Description}; {Environment.ProcessorCount} processors; {width} x {height}, whole processes, best of {Times(megapixels)}");
        List<CodecProcess> there = [.. codecs.Where(codec => codec.IsInstalled)];
        foreach (CodecProcess missing in codecs.Except(there))
        {
            say($"{missing.Name}: not installed, left out");
        }

        // In rounds: what else the machine does for a minute or two then meets all alike.
        List<ProgramRun[]> encodes = [.. there.Select(_ => Array.Empty<ProgramRun>())], decodes = [.. encodes];
        long[] bytes = new long[there.Count];
        double?[] psnr = new double?[there.Count];
        for (int round = 0; round < Times(megapixels); round++)
        {
            for (int i = 0; i < there.Count; i++)
            {
                encodes[i] = [.. encodes[i], await RunAsync(there[i], there[i].Encode)];
                bytes[i] = new FileInfo(Path.Combine(_folder.FullName, "coded0")).Length;
                decodes[i] = [.. decodes[i], await RunAsync(there[i], there[i].Decode)];
                psnr[i] ??= original is not null && await DecodedPsnrAsync(there[i], original, width, height) is double value && double.IsFinite(value) ? value : null;
            }
        }

        List<ProcessTime> times = [];
        for (int i = 0; i < there.Count; i++)
        {
            ProcessTime time = Best(there[i], there[i].Copies * (double)width * height / 1e6, encodes[i], decodes[i], bytes[i]) with { Psnr = psnr[i] };
            times.Add(time);
            say(string.Create(
                CultureInfo.InvariantCulture,
                $"{time.Name}, threads {time.Threads}: encode {time.EncodeSeconds:F2} s, {time.EncodeRate:F2} MP/s; decode {time.DecodeSeconds:F2} s, {time.DecodeRate:F2} MP/s; {time.FileBytes} bytes; peak {time.EncodePeakBytes / 1e6:F0} and {time.DecodePeakBytes / 1e6:F0} MB"));
        }

        return times;
    }

    private static ProcessTime Best(CodecProcess codec, double megapixels, ProgramRun[] encodes, ProgramRun[] decodes, long bytes)
    {
        string version = codec.VersionArgument is { } argument
            ? ProgramVersion.FirstLine(ExternalProgram.Find(codec.Encode[0])!, argument)
            : typeof(VaeEncoder).Assembly.GetName().Version!.ToString(3);
        return new ProcessTime(
            codec.Name,
            version,
            codec.Threads,
            megapixels,
            encodes.Min(run => run.Seconds),
            decodes.Min(run => run.Seconds),
            bytes,
            encodes.Max(run => run.PeakBytes),
            decodes.Max(run => run.PeakBytes));
    }

    /// <summary>How often a picture is run.</summary>
    public static int Times(double megapixels) => megapixels > 10 ? LargeRepetitions : Repetitions;

    /// <summary>Runs all copies; it takes as long as the slowest.</summary>
    private async Task<ProgramRun> RunAsync(CodecProcess codec, string[] command)
    {
        ProgramRun[] copies = await Task.WhenAll(Enumerable.Range(0, codec.Copies).Select(copy => RunAsync(codec, command, copy)));
        return new ProgramRun(copies.Max(run => run.Seconds), copies.Max(run => run.PeakBytes));
    }

    private async Task<ProgramRun> RunAsync(CodecProcess codec, string[] command, int copy)
    {
        string[] line = codec.Line(command, copy);
        string Fill(string argument) => argument
            .Replace("{in}", Path.Combine(_folder.FullName, "in.ppm"), StringComparison.Ordinal)
            .Replace("{png}", Path.Combine(_folder.FullName, "in.png"), StringComparison.Ordinal)
            .Replace("{file}", Path.Combine(_folder.FullName, $"coded{copy}"), StringComparison.Ordinal)
            .Replace("{out}", Path.Combine(_folder.FullName, $"back{copy}"), StringComparison.Ordinal);
        string scratch = Directory.CreateDirectory(Path.Combine(_folder.FullName, $"scratch{copy}")).FullName;
        return await ExternalProgram.Find(line[0])!.RunAsync([.. line[1..].Select(Fill)], scratch, CancellationToken.None);
    }

    private async Task WriteSampleAsync(string name, PictureFormat format, int width, int height)
    {
        SamplePicture sample = new(width, height);
        await using FileStream stream = File.Create(Path.Combine(_folder.FullName, name));
        IRowSink sink = PictureWriter.Create(stream, format);
        await sink.BeginAsync(sample.Picture, CancellationToken.None);
        byte[] row = new byte[sample.Picture.RowBytes];
        for (int y = 0; y < height; y++)
        {
            await sample.ReadRowsAsync(row, 1, CancellationToken.None);
            await sink.WriteRowsAsync(row, 1, CancellationToken.None);
        }

        await sink.EndAsync(CancellationToken.None);
    }
}
