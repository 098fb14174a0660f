namespace VaeCodec.Imaging.Png;

/// <summary>Sound PNG files of kinds that are not read: what they are and how to convert them.</summary>
internal static class PngRefusals
{
    internal static VaeUnsupportedException AlphaChannel(byte colourType, byte bitDepth) => Make(
        $"PNG: the picture has an alpha channel (colour type {colourType}{(bitDepth == 16 ? ", 16 bits a sample, of which 8 are read" : string.Empty)}), and transparency is not stored. "
        + $"Lay it over a background first, for example: magick in.png -background white -alpha remove -alpha off{(bitDepth == 16 ? " -depth 8" : string.Empty)} out.png");

    internal static VaeUnsupportedException Transparency(long offset) => Make(
        $"PNG: the picture has transparent colours (chunk tRNS at offset {offset}), and transparency is not stored. "
        + "Lay it over a background first, for example: magick in.png -background white -alpha remove -alpha off out.png");

    internal static VaeUnsupportedException SixteenBit() => Make(
        "PNG: the picture has 16 bits a sample; 8 are read. Reduce it first, for example: magick in.png -depth 8 out.png");

    internal static VaeUnsupportedException Animated(long offset) => Make(
        $"PNG: the file is an animation (APNG, chunk acTL at offset {offset}), not a single picture. Take one frame out of it first, for example: ffmpeg -i in.png -frames:v 1 out.png");

    internal static VaeUnsupportedException CriticalChunk(PngChunkReader chunk) => Make(
        $"PNG: {chunk.Place} is marked critical and is not known here, so the picture cannot be read faithfully. Save it again with another program.");

    private static VaeUnsupportedException Make(string message) => new(VaeError.UnsupportedFeature, message);
}
