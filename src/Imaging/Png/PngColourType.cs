namespace VaeCodec.Imaging.Png;

/// <summary>What the samples of a pixel mean (PNG third edition, 6.1).</summary>
internal enum PngColourType : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
