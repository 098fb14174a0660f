namespace VaeCodec;

/// <summary>What travels beside the pixels, byte for byte: colour profile, camera data, editing data.</summary>
public sealed record PictureMetadata
{
    /// <summary>No metadata.</summary>
    public static PictureMetadata None { get; } = new();

    /// <summary>The ICC profile, or null.</summary>
    public byte[]? IccProfile { get; init; }

    /// <summary>The EXIF data (TIFF structure, starting "II" or "MM", without JPEG's "Exif\0\0" prefix), or null. Orientation lives in it.</summary>
    public byte[]? Exif { get; init; }

    /// <summary>The XMP packet (UTF-8 XML), or null.</summary>
    public byte[]? Xmp { get; init; }

    /// <summary>Whether both hold the same bytes.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(PictureMetadata? other)
        => other is not null && IsSame(IccProfile, other.IccProfile) && IsSame(Exif, other.Exif) && IsSame(Xmp, other.Xmp);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (byte[]? bytes in (byte[]?[])[IccProfile, Exif, Xmp])
        {
            hash.Add(bytes?.Length ?? -1);
            hash.AddBytes(bytes);
        }

        return hash.ToHashCode();
    }

    private static bool IsSame(byte[]? first, byte[]? second)
        => first is null || second is null ? first == second : first.AsSpan().SequenceEqual(second);
}
