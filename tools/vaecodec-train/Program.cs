using System.CommandLine;

namespace VaeCodec.Train;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        RootCommand root = new("Trains the networks of VaeCodec.") { new TrainCommand() };
        return root.Parse(args).InvokeAsync();
    }
}
