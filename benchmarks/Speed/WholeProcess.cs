using System.Diagnostics;
using VaeCodec.Imaging;

namespace VaeCodec.Speed;

/// <summary>Times the tool as a user sees it: start of the process, reading, coding, writing, on a generated PPM picture.</summary>
internal static class WholeProcess
{
    private const int Repetitions = 3;

    public static async Task RunAsync(double megapixels)
    {
        int width = (int)Math.Round(Math.Sqrt(megapixels * 1e6 * 1.5)), height = (int)Math.Round(megapixels * 1e6 / width);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vaecodec-speed-");
        try
        {
            string picture = Path.Combine(folder.FullName, "in.ppm"), file = Path.Combine(folder.FullName, "out.vae"), back = Path.Combine(folder.FullName, "back.ppm");
            await WriteSampleAsync(picture, width, height);
            Console.WriteLine($"{VaeCpu.Description}; {Environment.ProcessorCount} processors; {width} x {height}, quality 50, whole process, best of {Repetitions}");
            foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                double encode = Time("encode", picture, file, threads), decode = Time("decode", file, back, threads);
                double pixels = (double)width * height / 1e6;
                Console.WriteLine($"threads {threads}: encode {encode:F2} s, {pixels / encode:F2} MP/s; decode {decode:F2} s, {pixels / decode:F2} MP/s");
            }
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static double Time(string command, string input, string output, int threads)
    {
        string tool = typeof(WholeProcess).Assembly.Location.Replace(Path.Combine("benchmarks", "Speed"), Path.Combine("tools", "vaecodec"), StringComparison.Ordinal);
        string program = Path.Combine(Path.GetDirectoryName(tool)!, "vaecodec.dll");
        double best = double.MaxValue;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using Process process = Process.Start(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet", [program, command, input, output, "-f", "--quiet", "-j", $"{threads}"]);
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"vaecodec {command} ended with {process.ExitCode}.");
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static async Task WriteSampleAsync(string path, int width, int height)
    {
        SamplePicture sample = new(width, height);
        await using FileStream stream = File.Create(path);
        IRowSink sink = PictureWriter.Create(stream, PictureFormat.Pnm);
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
