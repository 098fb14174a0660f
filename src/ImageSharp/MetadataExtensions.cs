using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Metadata;

namespace VaeCodec.ImageSharp;

/// <summary>Gives what a .vae file said of a picture.</summary>
public static class MetadataExtensions
{
    /// <summary>The picture's .vae metadata; those of a picture from elsewhere are empty.</summary>
    /// <param name="metadata">The picture's metadata.</param>
    public static VaeMetadata GetVaeMetadata(this ImageMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.GetFormatMetadata(VaeFormat.Instance);
    }

    /// <summary>The picture's .vae metadata, if it has any.</summary>
    /// <param name="source">The picture's metadata.</param>
    /// <param name="metadata">Its .vae metadata.</param>
    public static bool TryGetVaeMetadata(this ImageMetadata source, [NotNullWhen(true)] out VaeMetadata? metadata)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.TryGetFormatMetadata(VaeFormat.Instance, out metadata);
    }
}
