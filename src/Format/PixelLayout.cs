namespace VaeCodec;

/// <summary>How the samples of a pixel are laid out in memory and what they mean. The values are those of the file.</summary>
public enum PixelLayout : byte
{
    /// <summary>One 8-bit luminance sample a pixel.</summary>
    Gray8 = 0,

    /// <summary>Three 8-bit samples a pixel: red, green, blue.</summary>
    Rgb24 = 1,
}
