namespace VaeCodec.Imaging.Tests.Support;

/// <summary>What ImageMagick makes of a picture file.</summary>
internal static class MagickPixels
{
    /// <summary>The file's pixels in the layout of a picture, as ImageMagick reads them.</summary>
    internal static byte[] Of(string format, byte[] file, PictureDescription picture)
    {
        string raw = (picture.Layout.ColourChannels(), picture.Layout.HasAlpha()) switch
        {
            (1, false) => "gray:-",
            (1, true) => "graya:-",
            (_, false) => "rgb:-",
            (_, true) => "rgba:-",
        };
        string depth = picture.Layout.BytesPerSample() == 1 ? "8" : "16";
        return ExternalTool.Run(ExternalTool.Magick ?? string.Empty, file, format, "-depth", depth, "-endian", "LSB", raw);
    }
}
