namespace VaeCodec.Tool;

/// <summary>The kinds of pictures in words.</summary>
internal static class LayoutText
{
    /// <summary>A name for scripts, which does not change: gray8, rgb24, grayalpha16, rgba32, gray16, rgb48, grayalpha32, rgba64.</summary>
    public static string ForPrograms(PixelLayout layout) => layout.ToString().ToLowerInvariant();

    /// <summary>Channels and depth, such as "RGB and alpha, 16 bits a channel".</summary>
    public static string ForPeople(PictureDescription picture)
    {
        string colour = picture.Layout.ColourChannels() == 1 ? "grey" : "RGB";
        return picture.Layout.Channels() == 1
            ? $"{colour}, {picture.BitDepth} bits"
            : $"{colour}{(picture.Layout.HasAlpha() ? " and alpha" : "")}, {picture.BitDepth} bits a channel";
    }

    /// <summary>Size and kind, such as "20 x 10 (grey, 8 bits)".</summary>
    public static string WithSize(PictureDescription picture) => $"{picture.Width} x {picture.Height} ({ForPeople(picture)})";
}
