using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Formats;

namespace VaeCodec.ImageSharp;

/// <summary>Tells .vae files by their signature.</summary>
public sealed class VaeImageFormatDetector : IImageFormatDetector
{
    /// <inheritdoc/>
    public int HeaderSize => VaeConstants.Signature.Length;

    /// <inheritdoc/>
    public bool TryDetectFormat(ReadOnlySpan<byte> header, [NotNullWhen(true)] out IImageFormat? format)
    {
        format = header.StartsWith(VaeConstants.Signature) ? VaeFormat.Instance : null;
        return format is not null;
    }
}
