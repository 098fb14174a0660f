namespace VaeCodec.Tool;

internal static class Program
{
    private static Task<int> Main(string[] args) => VaeCodecCommandLine.RunAsync(args);
}
