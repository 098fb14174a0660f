namespace VaeCodec.Imaging.Png;

/// <summary>The colour types that are read here (PNG third edition, 6.1).</summary>
internal enum PngColourType : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
}
