using SixLabors.ImageSharp.Formats;

namespace VaeCodec.ImageSharp;

/// <summary>The .vae format, as ImageSharp knows formats.</summary>
public sealed class VaeFormat : IImageFormat<VaeMetadata>
{
    private VaeFormat()
    {
    }

    /// <summary>The one instance.</summary>
    public static VaeFormat Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "VAE";

    /// <inheritdoc/>
    public string DefaultMimeType => VaeConstants.MimeTypes.First();

    /// <inheritdoc/>
    public IEnumerable<string> MimeTypes => VaeConstants.MimeTypes;

    /// <inheritdoc/>
    public IEnumerable<string> FileExtensions => VaeConstants.FileExtensions;

    /// <inheritdoc/>
    public VaeMetadata CreateDefaultFormatMetadata() => new();
}
