namespace VaeCodec;

/// <summary>What is known of a picture before its first row: size, layout, colour, metadata.</summary>
/// <param name="Width">Width in pixels, at least 1.</param>
/// <param name="Height">Height in pixels, at least 1.</param>
/// <param name="Layout">Sample layout of a pixel.</param>
public sealed record PictureDescription(int Width, int Height, PixelLayout Layout)
{
    private readonly int _bitDepth;

    /// <summary>
    /// Bits of a sample that are in use: samples go from 0 to 2^<see cref="BitDepth"/> - 1. 8 for layouts of one byte a sample; 9 to 16 for those of two, 16 unless set. Set it to what the samples really have:
    /// qualities and bounds of errors count in their range, and samples of 12 bits called 16 lose nearly all they hold.
    /// </summary>
    public int BitDepth
    {
        get => _bitDepth != 0 ? _bitDepth : 8 * Layout.BytesPerSample();
        init => _bitDepth = value == 8 * Layout.BytesPerSample() ? 0 : value;
    }

    /// <summary>The largest sample: 2^<see cref="BitDepth"/> - 1.</summary>
    public int MaxSample => (1 << BitDepth) - 1;

    /// <summary>The colour space; sRGB unless the source says otherwise.</summary>
    public ColourCodePoints Colour { get; init; } = ColourCodePoints.Srgb;

    /// <summary>ICC, EXIF and XMP.</summary>
    public PictureMetadata Metadata { get; init; } = PictureMetadata.None;

    /// <summary>Bytes in a row: width times bytes of a pixel, no padding.</summary>
    public int RowBytes => checked(Width * Layout.BytesPerPixel());

    /// <summary>Whether both say the same.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(PictureDescription? other)
        => other is not null && (Width, Height, Layout, BitDepth, Colour) == (other.Width, other.Height, other.Layout, other.BitDepth, other.Colour) && Metadata.Equals(other.Metadata);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Height, Layout, BitDepth, Colour, Metadata);

    /// <summary>The same picture without its alpha.</summary>
    internal PictureDescription WithoutAlpha() => this with { Layout = Layout.WithoutAlpha() };

    /// <summary>The picture that alpha alone is: grey, as deep.</summary>
    internal PictureDescription AlphaAlone() => this with { Layout = Layout.BytesPerSample() == 1 ? PixelLayout.Gray8 : PixelLayout.Gray16 };

    /// <summary>The same picture with sides so many times smaller, rounded up.</summary>
    internal PictureDescription Reduced(int scale) => this with { Width = (Width + scale - 1) / scale, Height = (Height + scale - 1) / scale };

    /// <summary>Refuses a depth that the layout cannot have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It cannot.</exception>
    internal void CheckDepth()
    {
        bool wide = Layout.BytesPerSample() == 2;
        if (wide ? BitDepth is < 9 or > 16 : BitDepth != 8)
        {
            throw new ArgumentOutOfRangeException(nameof(BitDepth), BitDepth, wide ? "Samples of two bytes have 9 to 16 bits." : "Samples of one byte have 8 bits.");
        }
    }
}
