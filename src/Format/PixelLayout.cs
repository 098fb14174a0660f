namespace VaeCodec;

/// <summary>
/// How the samples of a pixel are laid out in memory and what they mean: interleaved, and samples of two bytes least significant byte first. Alpha is not multiplied into the
/// colour; 0 is transparent.
/// </summary>
/// <remarks>The low four bits are the layout that a file states; its bit depth tells one byte a sample from two.</remarks>
public enum PixelLayout : byte
{
    /// <summary>One luminance sample of 8 bits a pixel.</summary>
    Gray8 = 0,

    /// <summary>Three samples of 8 bits a pixel: red, green, blue.</summary>
    Rgb24 = 1,

    /// <summary>Two samples of 8 bits a pixel: luminance, alpha.</summary>
    GrayAlpha16 = 2,

    /// <summary>Four samples of 8 bits a pixel: red, green, blue, alpha.</summary>
    Rgba32 = 3,

    /// <summary>One luminance sample of two bytes a pixel.</summary>
    Gray16 = 16,

    /// <summary>Three samples of two bytes a pixel: red, green, blue.</summary>
    Rgb48 = 17,

    /// <summary>Two samples of two bytes a pixel: luminance, alpha.</summary>
    GrayAlpha32 = 18,

    /// <summary>Four samples of two bytes a pixel: red, green, blue, alpha.</summary>
    Rgba64 = 19,
}
