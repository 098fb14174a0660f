namespace VaeCodec.ImageSharp;

/// <summary>What the format is known by.</summary>
internal static class VaeConstants
{
    /// <summary>Media types. None is registered; the first is what a server would send.</summary>
    public static readonly IEnumerable<string> MimeTypes = ["image/x-vae", "image/vae"];

    /// <summary>File extensions.</summary>
    public static readonly IEnumerable<string> FileExtensions = ["vae"];

    /// <summary>The first eight bytes of a file.</summary>
    public static ReadOnlySpan<byte> Signature => [0xF6, 0x56, 0x41, 0x45, 0x0D, 0x0A, 0x1A, 0x0A];
}
