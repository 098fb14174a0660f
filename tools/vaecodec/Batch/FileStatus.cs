namespace VaeCodec.Tool;

/// <summary>What became of a file.</summary>
internal enum FileStatus
{
    /// <summary>It was encoded or decoded.</summary>
    Done,

    /// <summary>It would be, were this not a dry run.</summary>
    Planned,

    /// <summary>Its output is there already.</summary>
    Skipped,

    /// <summary>It could not be.</summary>
    Failed,
}
