namespace VaeCodec.Imaging;

/// <summary>EXIF data: a TIFF structure.</summary>
internal static class ExifData
{
    /// <summary>Whether bytes begin as EXIF data do.</summary>
    public static bool Begins(ReadOnlySpan<byte> data) => data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8);
}
