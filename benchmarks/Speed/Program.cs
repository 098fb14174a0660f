using BenchmarkDotNet.Running;

namespace VaeCodec.Speed;

internal static class Program
{
    /// <summary>
    /// <c>whole [MEGAPIXELS]</c> times the tool as a process; anything else goes to BenchmarkDotNet (<c>--filter '*'</c> runs all of it).
    /// </summary>
    private static async Task<int> Main(string[] args)
    {
        if (args is ["whole", ..])
        {
            await WholeProcess.RunAsync(args.Length > 1 ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 6);
            return 0;
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
