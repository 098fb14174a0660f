using VaeCodec.Metrics;

namespace VaeCodec.Tool;

/// <summary>What the measures need to know of pictures.</summary>
internal static class MeasuredPictures
{
    /// <summary>Channels, alpha and depth of a picture as the measures take them.</summary>
    public static SampleFormat Format(PictureDescription picture) => new(picture.Layout.ColourChannels(), picture.Layout.HasAlpha(), picture.BitDepth);

    /// <summary>Whether two pictures are of the same size, layout and depth, so that their samples can be compared.</summary>
    public static bool Match(PictureDescription first, PictureDescription second)
        => (first.Width, first.Height, first.Layout, first.BitDepth) == (second.Width, second.Height, second.Layout, second.BitDepth);
}
