namespace VaeCodec.Tests.Support;

/// <summary>A test of the recorded curve of the bootstrap weights: skipped without the records, or once the standard model is another.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BootstrapFactAttribute : FactAttribute
{
    public BootstrapFactAttribute(string relative)
    {
        if (SharedFolder.Path is null || !Path.Exists(SharedFolder.File(relative)) || !Path.Exists(SharedFolder.File("data/kodak")))
        {
            Skip = $"../shared/{relative} or ../shared/data/kodak is absent (they are not part of the repository).";
        }
        else if (!VaeModel.Standard.Metadata.GetValueOrDefault("training", string.Empty).Contains("bootstrap", StringComparison.Ordinal))
        {
            Skip = "The standard model is no longer the bootstrap one, whose curve is recorded.";
        }
    }
}
