namespace VaeCodec.Tool;

/// <summary>A file of a batch.</summary>
/// <param name="Input">Path of the input as the user would write it, or a dash.</param>
/// <param name="Output">Path of the output, or a dash.</param>
/// <param name="Name">Its name within the batch, by which it is assigned to a shard: the path from the folder that was named, with slashes.</param>
internal sealed record BatchItem(string Input, string Output, string Name)
{
    /// <summary>Why nothing can be done with it; null where something can.</summary>
    public string? Problem { get; init; }
}
