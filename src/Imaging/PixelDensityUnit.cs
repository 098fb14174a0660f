namespace VaeCodec.Imaging;

/// <summary>What a density of pixels counts by; the values are those of EXIF's ResolutionUnit.</summary>
internal enum PixelDensityUnit : ushort
{
    /// <summary>No unit: only the ratio of both, the shape of a pixel, means something.</summary>
    None = 1,

    /// <summary>An inch.</summary>
    Inch = 2,

    /// <summary>A centimetre.</summary>
    Centimetre = 3,
}
