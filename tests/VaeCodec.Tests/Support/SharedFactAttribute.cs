namespace VaeCodec.Tests.Support;

/// <summary>A test that needs a file of the folder "shared" beside the repository, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string relative)
    {
        if (SharedFolder.Path is null || !Path.Exists(SharedFolder.File(relative)))
        {
            Skip = $"../shared/{relative} is absent (it is not part of the repository).";
        }
    }
}
