namespace VaeCodec.Models.TorchSharp.Tests.Support;

/// <summary>A test against the reference tensors beside the repository; skipped where they or libtorch are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute() => Skip = Torch.Missing ?? (Folder is null ? "../shared/models/bootstrap-reference.safetensors is absent (it is not part of the repository)." : null);

    /// <summary>The folder "shared/models" beside the repository.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VaeCodec.sln")))
        {
            folder = folder.Parent;
        }

        string? models = folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "models") : null;
        return models is not null && File.Exists(Path.Combine(models, "bootstrap-reference.safetensors")) ? models : null;
    }
}
