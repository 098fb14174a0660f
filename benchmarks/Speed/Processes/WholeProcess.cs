using System.Diagnostics;
using System.Globalization;
using VaeCodec.Imaging;

namespace VaeCodec.Speed.Processes;

/// <summary>Times programs as a user sees them: start of the process, reading, coding, writing, on a generated picture.</summary>
internal static class WholeProcess
{
    private const int Repetitions = 3;

    /// <summary>Times the tool with one thread and with one for each processor and, on the same picture, what else is installed.</summary>
    /// <param name="megapixels">Size of the picture; it is 3:2.</param>
    /// <param name="peers">Whether to time other codecs too.</param>
    /// <param name="say">Takes a line for each result.</param>
    public static async Task<IReadOnlyList<ProcessTime>> RunAsync(double megapixels, bool peers, Action<string> say)
    {
        int width = (int)Math.Round(Math.Sqrt(megapixels * 1e6 * 1.5)), height = (int)Math.Round(megapixels * 1e6 / width);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vaecodec-speed-");
        try
        {
            await WriteSampleAsync(Path.Combine(folder.FullName, "in.ppm"), PictureFormat.Pnm, width, height);
            await WriteSampleAsync(Path.Combine(folder.FullName, "in.png"), PictureFormat.Png, width, height);
            say($"{VaeCpu.Description}; {Environment.ProcessorCount} processors; {width} x {height}, whole processes, best of {Repetitions}");
            string tool = Path.Combine(Path.GetDirectoryName(typeof(WholeProcess).Assembly.Location.Replace(Path.Combine("benchmarks", "Speed"), Path.Combine("tools", "vaecodec"), StringComparison.Ordinal))!, "vaecodec.dll");
            List<ProcessTime> times = [];
            foreach (CodecProcess codec in (IEnumerable<CodecProcess>)[.. new[] { 1, Environment.ProcessorCount }.Distinct().Select(threads => CodecProcess.Tool(tool, threads)), .. peers ? CodecProcess.Peers : []])
            {
                if (!codec.IsInstalled)
                {
                    say($"{codec.Name}: not installed, left out");
                    continue;
                }

                ProcessTime time = Time(codec, folder.FullName);
                times.Add(time);
                double pixels = (double)width * height / 1e6;
                say(string.Create(CultureInfo.InvariantCulture, $"{codec.Name}, threads {codec.Threads}: encode {time.EncodeSeconds:F2} s, {pixels / time.EncodeSeconds:F2} MP/s; decode {time.DecodeSeconds:F2} s, {pixels / time.DecodeSeconds:F2} MP/s; {time.FileBytes} bytes"));
            }

            return times;
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static ProcessTime Time(CodecProcess codec, string folder)
    {
        string file = Path.Combine(folder, "coded");
        string Fill(string argument) => argument
            .Replace("{in}", Path.Combine(folder, "in.ppm"), StringComparison.Ordinal)
            .Replace("{png}", Path.Combine(folder, "in.png"), StringComparison.Ordinal)
            .Replace("{file}", file, StringComparison.Ordinal)
            .Replace("{out}", Path.Combine(folder, "back"), StringComparison.Ordinal);
        double encode = Best([.. codec.Encode.Select(Fill)]);
        long bytes = new FileInfo(file).Length;
        double decode = Best([.. codec.Decode.Select(Fill)]);
        return new ProcessTime(codec.Name, Version(codec), codec.Threads, encode, decode, bytes);
    }

    private static double Best(string[] command)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            (int exit, string output) = Run(command);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (exit != 0)
            {
                throw new InvalidOperationException($"{string.Join(' ', command)} ended with {exit}: {output}");
            }
        }

        return best;
    }

    private static string Version(CodecProcess codec)
        => codec.VersionArgument is { } argument ? $"{codec.Encode[0]}: {Run([codec.Encode[0], argument]).Output.Split('\n')[0].Trim()}" : typeof(VaeEncoder).Assembly.GetName().Version!.ToString(3);

    private static (int Exit, string Output) Run(string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Length > 0 ? output : error.Result);
    }

    private static async Task WriteSampleAsync(string path, PictureFormat format, int width, int height)
    {
        SamplePicture sample = new(width, height);
        await using FileStream stream = File.Create(path);
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
