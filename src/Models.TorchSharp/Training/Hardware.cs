using System.ComponentModel;
using System.Diagnostics;
using TorchSharp;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>The name of what a run computes on. Nothing here ever fails a run: what cannot be found out is "unknown".</summary>
internal static class Hardware
{
    private const string Unknown = "unknown";

    /// <summary>Model name of the processor, or of a graphics processor of the machine on CUDA.</summary>
    public static string Describe(torch.Device device)
        => device.type == DeviceType.CUDA ? Graphics() : FirstValue("/proc/cpuinfo", "model name") ?? Unknown;

    private static string Graphics()
    {
        // The driver's own listing is not there in every container; its tool is where the driver is.
        try
        {
            foreach (string folder in Directory.Exists("/proc/driver/nvidia/gpus") ? Directory.GetDirectories("/proc/driver/nvidia/gpus") : [])
            {
                if (FirstValue(Path.Combine(folder, "information"), "Model") is { } name)
                {
                    return name;
                }
            }

            using Process? tool = Process.Start(new ProcessStartInfo("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            string? line = tool?.StandardOutput.ReadLine()?.Trim();
            return string.IsNullOrEmpty(line) ? Unknown : line;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return Unknown;
        }
    }

    private static string? FirstValue(string file, string key)
    {
        try
        {
            foreach (string line in File.Exists(file) ? File.ReadLines(file) : [])
            {
                string[] parts = line.Split(':', 2);
                if (parts.Length == 2 && parts[0].Trim() == key && parts[1].Trim() is { Length: > 0 } value)
                {
                    return value;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The same as a file that is not there.
        }

        return null;
    }
}
