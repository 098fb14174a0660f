namespace VaeCodec.Format;

/// <summary>What the container refuses to exceed. Checked before anything is allocated; exceeding one is a <see cref="VaeLimitException"/>.</summary>
public sealed record ContainerLimits
{
    /// <summary>The defaults.</summary>
    public static ContainerLimits Default { get; } = new();

    /// <summary>Largest number of pixels (width times height). Default 2^28.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Largest width or height in pixels. Default 2^18.</summary>
    public int MaxSide { get; init; } = 1 << 18;

    /// <summary>Largest metadata section in bytes, stored or unpacked, and largest section of unknown type. Default 64 MiB.</summary>
    public int MaxMetadataBytes { get; init; } = 64 << 20;

    /// <summary>Largest ICC profile in bytes, stored or unpacked, where <see cref="MaxMetadataBytes"/> does not forbid it. Default 4 MiB.</summary>
    public int MaxIccProfileBytes { get; init; } = 4 << 20;

    internal void CheckPicture(uint width, uint height)
    {
        uint side = Math.Max(width, height);
        if (side > MaxSide)
        {
            throw new VaeLimitException(
                $"The picture of {width} x {height} pixels has a side of {side}, more than the limit of {MaxSide}. "
                + "If you trust it, raise VaeLimits.MaxSide in code.");
        }

        ulong pixels = (ulong)width * height;
        if (MaxPixels < 0 || pixels > (ulong)MaxPixels)
        {
            throw new VaeLimitException(
                $"The picture of {width} x {height} has {pixels} pixels, more than the limit of {MaxPixels}. "
                + "If you trust it, raise the limit: --max-pixels for the tool, VaeLimits.MaxPixels in code.");
        }
    }

    internal void CheckMetadata(SectionType type, long bytes, string what)
    {
        (int most, string name) = type == SectionType.IccProfile && MaxIccProfileBytes < MaxMetadataBytes
            ? (MaxIccProfileBytes, nameof(MaxIccProfileBytes))
            : (MaxMetadataBytes, nameof(MaxMetadataBytes));
        if (bytes > most)
        {
            bool unknown = type is not (SectionType.IccProfile or SectionType.Exif or SectionType.Xmp);
            string advice = bytes > (unknown ? int.MaxValue : MetadataPayload.MaxBytes) ? "No limit allows so many; the file was written wrongly or tampered with." : $"If you trust it, raise VaeLimits.{name} in code.";
            throw new VaeLimitException($"The {what} holds {bytes} bytes, more than the limit of {most}. {advice}");
        }
    }
}
