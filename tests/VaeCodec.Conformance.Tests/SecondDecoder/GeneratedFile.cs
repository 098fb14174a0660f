using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.Vectors;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Files that the codec encodes for the tests, with tiles of 256 pixels.</summary>
internal static class GeneratedFile
{
    /// <param name="kind">Kind of picture.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="samples">Samples of a pixel.</param>
    /// <param name="quality">Quality; 0: lossless.</param>
    /// <param name="effort">Effort; from 2 on tiles choose.</param>
    /// <param name="model">Name of the model.</param>
    public static byte[] Encode(string kind, int width, int height, int samples, int quality, int effort, string model = FrozenModel.Direct)
    {
        PixelLayout layout = samples == 1 ? PixelLayout.Gray8 : PixelLayout.Rgb24;
        VectorDefinition definition = new("generated", kind, width, height, layout, quality) { TileSize = 256, Lossless = quality == 0, Effort = effort, Model = model };
        return Encode(definition);
    }

    /// <summary>The file of a definition, whose tiles have the size that it says.</summary>
    public static byte[] Encode(VectorDefinition definition)
        => VaeEncoder.Encode(VectorCatalogue.Describe(definition), definition.Pixels(), definition.Options(FrozenModel.On(CpuPaths.Widest, definition.Model)));

    /// <summary>A picture of two tiles, one of samples with repeated pixels and one of latents.</summary>
    public static byte[] SmallMixed() => Encode("half-page", 512, 9, 1, 40, 2);

    /// <summary>The ways of a file's tiles, in raster order, a digit each.</summary>
    public static string Ways(Container container) => string.Concat(container.Tiles.Select(tile => (int)TileCoding.Of(container.Header, TilePart.Split(container.Header, tile).Colour).Way));
}
