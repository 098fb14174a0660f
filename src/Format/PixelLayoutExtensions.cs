namespace VaeCodec;

/// <summary>Facts about a <see cref="PixelLayout"/>.</summary>
public static class PixelLayoutExtensions
{
    /// <summary>The number of samples, and of bytes, a pixel takes.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>1 or 3.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static int Channels(this PixelLayout layout) => layout switch
    {
        PixelLayout.Gray8 => 1,
        PixelLayout.Rgb24 => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "Unknown pixel layout."),
    };
}
