namespace VaeCodec.Tests.Support;

/// <summary>A test that needs files of the folder "shared" beside the repository; it is skipped, saying so, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    /// <param name="relatives">Files or folders below ../shared.</param>
    public SharedFactAttribute(params string[] relatives)
    {
        if (relatives.FirstOrDefault(relative => SharedFolder.Path is null || !Path.Exists(SharedFolder.File(relative))) is { } missing)
        {
            Skip = $"../shared/{missing} is absent (it is not part of the repository).";
        }
    }
}
