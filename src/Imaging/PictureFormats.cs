namespace VaeCodec.Imaging;

/// <summary>Facts about the picture formats.</summary>
public static class PictureFormats
{
    /// <summary>Tells the format to write from a file name's extension, whatever its case.</summary>
    /// <param name="path">A path or file name.</param>
    /// <param name="format">The format, when known: .png; .pnm, .ppm, .pgm, .pam; .jpg, .jpeg, .jfif.</param>
    /// <returns>Whether the extension is one of those.</returns>
    public static bool TryFromPath(string path, out PictureFormat format)
    {
        ArgumentNullException.ThrowIfNull(path);
        PictureFormat? known = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => PictureFormat.Png,
            ".pnm" or ".ppm" or ".pgm" or ".pam" => PictureFormat.Pnm,
            ".jpg" or ".jpeg" or ".jfif" => PictureFormat.Jpeg,
            _ => null,
        };
        format = known.GetValueOrDefault();
        return known.HasValue;
    }

    /// <summary>Whether a file name's extension is that of a picture that is read; PBM is, but not written.</summary>
    /// <param name="path">A path or file name.</param>
    public static bool IsRead(string path) =>
        TryFromPath(path, out _) || Path.GetExtension(path).ToLowerInvariant() is ".pbm";

    /// <summary>The usual file extension of a format.</summary>
    /// <param name="format">The format.</param>
    /// <returns>".png", ".pnm" or ".jpg".</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static string FileExtension(PictureFormat format) => format switch
    {
        PictureFormat.Png => ".png",
        PictureFormat.Pnm => ".pnm",
        PictureFormat.Jpeg => ".jpg",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown picture format."),
    };
}
