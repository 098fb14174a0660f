namespace VaeCodec.Imaging.Png;

/// <summary>Sound PNG files of kinds that are not read: what they are and how to convert them.</summary>
internal static class PngRefusals
{
    internal static VaeUnsupportedException Animated(long offset) => Make(
        $"PNG: the file is an animation (APNG, chunk acTL at offset {offset}), not a single picture. Take one frame out of it first, for example: ffmpeg -i in.png -frames:v 1 out.png");

    internal static VaeUnsupportedException CriticalChunk(PngChunkReader chunk) => Make(
        $"PNG: {chunk.Place} is marked critical and is not known here, so the picture cannot be read faithfully. Save it again with another program.");

    private static VaeUnsupportedException Make(string message) => new(VaeError.UnsupportedFeature, message);
}
