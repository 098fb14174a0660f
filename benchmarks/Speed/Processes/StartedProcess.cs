using System.Diagnostics;
using System.Globalization;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Processes;

/// <summary>Times the library in a process that has started, as a server sees it: pictures in memory, the model ready, one thread.</summary>
internal static class StartedProcess
{
    /// <summary>Times it over the sizes that whole processes are timed over.</summary>
    /// <param name="say">Takes a line for each result.</param>
    public static async Task<IReadOnlyList<ProcessTime>> ScaleAsync(Action<string> say)
    {
        VaeEncoderOptions encoding = new() { Threads = 1 };
        VaeDecoderOptions decoding = new() { Threads = 1 };
        List<ProcessTime> times = [];
        foreach (double megapixels in WholeProcess.Sizes)
        {
            (int width, int height) = SampleSize.Of(megapixels);
            (PictureDescription picture, byte[] pixels) = await SamplePixels.CreateAsync(width, height);
            int repetitions = Math.Max(WholeProcess.Times(megapixels), (int)(10 / megapixels));
            byte[] file = VaeEncoder.Encode(picture, pixels, encoding);
            double encode = await BestAsync(repetitions, () => VaeEncoder.EncodeAsync(new MemoryRowSource(picture, pixels), Stream.Null, encoding));
            double decode = await BestAsync(repetitions, async () =>
            {
                await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), decoding);
                while (await decoder.ReadBandAsync() is not null)
                {
                }
            });
            double size = (double)width * height / 1e6;
            times.Add(new ProcessTime("vaecodec, started", "", 1, size, encode, decode, file.Length, null, null));
            say(string.Create(CultureInfo.InvariantCulture, $"in a started process, {size:F2} MP: encode {size / encode:F2}, decode {size / decode:F2} MP/s"));
        }

        return times;
    }

    private static async Task<double> BestAsync(int repetitions, Func<Task> work)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
