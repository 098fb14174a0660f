using TorchSharp;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace VaeCodec.Models.TorchSharp.Tests.Support;

/// <summary>Whether libtorch is at hand. Its generator of random numbers is one for the process, so tests run one after the other.</summary>
internal static class Torch
{
    public static string? Missing { get; } = Find();

    private static string? Find()
    {
        try
        {
            torch.set_num_threads(1);
            using torch.Tensor one = torch.ones(1);
            return null;
        }
        catch (Exception exception) when (exception is NotSupportedException or DllNotFoundException or TypeInitializationException or FileNotFoundException or EntryPointNotFoundException)
        {
            return $"libtorch is not at hand (package TorchSharp-cpu with its native libraries): {exception.Message.Split('\n')[0].Trim()}";
        }
    }
}
