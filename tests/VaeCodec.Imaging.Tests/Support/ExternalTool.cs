using System.Diagnostics;

namespace VaeCodec.Imaging.Tests.Support;

/// <summary>Runs command-line programs that stand for the rest of the world.</summary>
internal static class ExternalTool
{
    /// <summary>ImageMagick 6's convert as Debian installs it, by the name that nothing else in the path takes.</summary>
    internal static string? Magick { get; } = Find("convert-im6.q16") ?? Find("magick") ?? Find("convert-im6.q16hdri");

    internal static string? OptiPng { get; } = Find("optipng");

    internal static string? Cjpeg { get; } = Find("cjpeg");

    internal static byte[] Run(string program, byte[]? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException(program);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        reading.Wait();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output.ToArray();
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
