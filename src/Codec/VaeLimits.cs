using VaeCodec.Format;

namespace VaeCodec;

/// <summary>What the codec refuses to exceed. Checked before anything is allocated; exceeding one is a <see cref="VaeLimitException"/>.</summary>
public sealed record VaeLimits
{
    /// <summary>The largest number of threads that the codec takes.</summary>
    public const int MaxThreads = 1024;

    /// <summary>No limit raises a side beyond this: a row of pixels, of up to eight bytes each, must fit an array.</summary>
    private const int LargestSide = 1 << 27;

    /// <summary>The defaults.</summary>
    public static VaeLimits Default { get; } = new();

    /// <summary>Largest number of pixels (width times height). Default 2^28.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Largest width or height in pixels. Default 2^18.</summary>
    public int MaxSide { get; init; } = 1 << 18;

    /// <summary>Largest stored or unpacked metadata section in bytes. Default 64 MiB.</summary>
    public int MaxMetadataBytes { get; init; } = 64 << 20;

    /// <summary>Largest ICC profile in bytes, stored or unpacked, where <see cref="MaxMetadataBytes"/> does not forbid it. Default 4 MiB; profiles for print take some 2 MB.</summary>
    public int MaxIccProfileBytes { get; init; } = 4 << 20;

    /// <summary>Largest working memory in bytes, by the formula in docs/memory.md. Default 2 GiB. An encoder also refuses what a decoder with the same limit would.</summary>
    public long MaxMemoryBytes { get; init; } = 2L << 30;

    internal ContainerLimits ForContainer() => new() { MaxPixels = MaxPixels, MaxSide = MaxSide, MaxMetadataBytes = MaxMetadataBytes, MaxIccProfileBytes = MaxIccProfileBytes };

    /// <summary>Refuses a picture that is too large.</summary>
    /// <exception cref="VaeLimitException">It is.</exception>
    internal void CheckPicture(int width, int height)
    {
        int side = Math.Max(width, height);
        if (side > LargestSide)
        {
            throw new VaeLimitException($"The picture of {width} x {height} pixels has a side of {side}; no limit allows more than {LargestSide}.");
        }

        if (side > MaxSide)
        {
            throw new VaeLimitException($"The picture of {width} x {height} pixels has a side of {side}, more than the limit of {MaxSide}. Raise VaeLimits.MaxSide.");
        }

        if ((long)width * height > MaxPixels)
        {
            throw new VaeLimitException($"The picture of {width} x {height} has {(long)width * height} pixels, more than the limit of {MaxPixels}. Raise the limit: --max-pixels for the tool, VaeLimits.MaxPixels in code.");
        }
    }

    /// <summary>Refuses metadata that are too large, before anything is written.</summary>
    /// <exception cref="VaeLimitException">They are.</exception>
    internal void CheckMetadata(PictureMetadata metadata)
    {
        (int most, string name) = MaxIccProfileBytes < MaxMetadataBytes ? (MaxIccProfileBytes, nameof(MaxIccProfileBytes)) : (MaxMetadataBytes, nameof(MaxMetadataBytes));
        Check("ICC profile", metadata.IccProfile, most, name);
        Check("EXIF section", metadata.Exif, MaxMetadataBytes, nameof(MaxMetadataBytes));
        Check("XMP section", metadata.Xmp, MaxMetadataBytes, nameof(MaxMetadataBytes));

        static void Check(string what, byte[]? data, int most, string limit)
        {
            if (data?.Length > most)
            {
                throw new VaeLimitException($"The {what} of the picture has {data.Length} bytes, more than the limit of {most}. Leave it out (--strip), or raise VaeLimits.{limit}.");
            }
        }
    }

    /// <summary>Checks a number of threads in options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within 0 to <see cref="MaxThreads"/>.</exception>
    internal static void CheckThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads, "Threads");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads, "Threads");
    }

    /// <summary>The threads that a number in options stands for: 0 is one for each processor.</summary>
    internal static int ResolveThreads(int threads) => threads == 0 ? Environment.ProcessorCount : threads;
}
