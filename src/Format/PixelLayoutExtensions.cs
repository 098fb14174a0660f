namespace VaeCodec;

/// <summary>Facts about a <see cref="PixelLayout"/>.</summary>
public static class PixelLayoutExtensions
{
    private const byte AlphaBit = 2;
    private const byte WideBit = 16;

    /// <summary>Whether the value is a member of the enumeration.</summary>
    /// <param name="layout">The layout.</param>
    public static bool IsKnown(this PixelLayout layout) => ((byte)layout & ~(WideBit | AlphaBit | 1)) == 0;

    /// <summary>The number of samples that a pixel takes, alpha among them.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>1 to 4.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static int Channels(this PixelLayout layout) => layout.ColourChannels() + (layout.HasAlpha() ? 1 : 0);

    /// <summary>The number of samples that a pixel takes, without alpha.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>1 or 3.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static int ColourChannels(this PixelLayout layout) => (Known(layout) & 1) == 0 ? 1 : 3;

    /// <summary>Whether the last sample of a pixel is alpha.</summary>
    /// <param name="layout">The layout.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static bool HasAlpha(this PixelLayout layout) => (Known(layout) & AlphaBit) != 0;

    /// <summary>Bytes of a sample.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>1 or 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static int BytesPerSample(this PixelLayout layout) => (Known(layout) & WideBit) == 0 ? 1 : 2;

    /// <summary>Bytes of a pixel.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>1 to 8.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static int BytesPerPixel(this PixelLayout layout) => layout.Channels() * layout.BytesPerSample();

    /// <summary>The layout without its alpha sample.</summary>
    /// <param name="layout">The layout.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static PixelLayout WithoutAlpha(this PixelLayout layout) => (PixelLayout)(Known(layout) & ~AlphaBit);

    /// <summary>The layout with samples of one byte or two, and the same channels.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="wide">Whether samples take two bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static PixelLayout WithSamples(this PixelLayout layout, bool wide) => (PixelLayout)((Known(layout) & ~WideBit) | (wide ? WideBit : 0));

    private static int Known(PixelLayout layout)
        => layout.IsKnown() ? (byte)layout : throw new ArgumentOutOfRangeException(nameof(layout), layout, "Unknown pixel layout.");
}
