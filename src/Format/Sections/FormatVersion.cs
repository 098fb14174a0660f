namespace VaeCodec.Format;

/// <summary>A version of the container, and what files of it may have (spec/vae-format.md, sections 1 and 2.2).</summary>
/// <param name="Major">0 for the versions before the freeze, 1 for those that are read for ever.</param>
/// <param name="Minor">1 to 4 with major version 0; any with 1.</param>
internal readonly record struct FormatVersion(int Major, int Minor)
{
    private const int LastMinorBeforeTheFreeze = 4;

    /// <summary>What is written.</summary>
    public static FormatVersion Current { get; } = new(1, 0);

    /// <summary>
    /// Whether files of this version are read. Of major version 1 all are: what a later minor adds can either be ignored, or is announced by a critical section, a required flag,
    /// a layout or a way of coding that is refused by itself.
    /// </summary>
    public bool IsRead => Major == Current.Major || Major == 0 && Minor is >= 1 and <= LastMinorBeforeTheFreeze;

    /// <summary>Whether files may be coded as samples.</summary>
    public bool HasSampleFiles => IsFrom(2);

    /// <summary>Whether tiles can choose their way of coding.</summary>
    public bool HasMixedTiles => IsFrom(3);

    /// <summary>Whether there are alpha, samples of two bytes, bounds of errors (four bytes more of the header) and digests.</summary>
    public bool HasDeepSamples => IsFrom(4);

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";

    /// <summary>Whether this is a minor version of 0 or a later one. Version 1.0 has all of 0.4.</summary>
    private bool IsFrom(int minor) => Major > 0 || Minor >= minor;
}
