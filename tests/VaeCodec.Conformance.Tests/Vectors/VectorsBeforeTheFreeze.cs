using VaeCodec.Conformance.Tests.Frozen;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>The vectors of versions 0.1 to 0.4: closed with the freeze. Made by encoders of those versions; today's writes the same, but for the version.</summary>
internal static class VectorsBeforeTheFreeze
{
    /// <summary>The vectors, each with the least version that has all it uses.</summary>
    public static IReadOnlyList<VectorDefinition> All { get; } = [.. Definitions().Select(definition => definition with { Edit = file => VectorEdits.ToVersion0(file, MinorOf(definition)), Major = 0, Minor = MinorOf(definition) })];

    private static int MinorOf(VectorDefinition definition)
        => definition.Layout.HasAlpha() || definition.BitDepth > 8 || definition.MaxError > 0 || definition.Digest ? 4 : definition.Effort > 1 ? 3 : definition.Lossless ? 2 : 1;

    private static VectorDefinition[] Definitions() =>
    [
        new("pixel-1x1", "flat", 1, 1, PixelLayout.Rgb24, 50),
        new("column-1x200", "scene", 1, 200, PixelLayout.Rgb24, 50),
        new("row-300x1-grey", "scene", 300, 1, PixelLayout.Gray8, 60),
        new("square-64x64", "scene", 64, 64, PixelLayout.Rgb24, 50),
        new("odd-65x67", "scene", 65, 67, PixelLayout.Rgb24, 35),
        new("grey-300x200", "scene", 300, 200, PixelLayout.Gray8, 50),
        new("scene-320x240", "scene", 320, 240, PixelLayout.Rgb24, 75),
        new("quality-1", "scene", 200, 150, PixelLayout.Rgb24, 1),
        new("quality-50", "scene", 200, 150, PixelLayout.Rgb24, 50),
        new("quality-100", "scene", 200, 150, PixelLayout.Rgb24, 100),
        new("tiles-600x530", "scene", 600, 530, PixelLayout.Rgb24, 40) { TileSize = 256 },
        new("tiles-600x530-one", "scene", 600, 530, PixelLayout.Rgb24, 40) { TileSize = 1024 },
        new("tile-rows-200x300", "scene", 200, 300, PixelLayout.Rgb24, 60) { TileSize = 256 },
        new("tiles-four-grey", "scene", 512, 512, PixelLayout.Gray8, 20) { TileSize = 256 },
        new("tiles-five-1290x16", "scene", 1290, 16, PixelLayout.Rgb24, 30) { TileSize = 256 },
        new("metadata", "ramp", 90, 70, PixelLayout.Rgb24, 55) { HasMetadata = true },
        new("noise-96x96", "noise", 96, 96, PixelLayout.Rgb24, 100),
        new("noise-grey-q1", "noise", 130, 66, PixelLayout.Gray8, 1),
        new("flat-130x70", "flat", 130, 70, PixelLayout.Rgb24, 30),
        new("checks-128x128", "checks", 128, 128, PixelLayout.Rgb24, 90),
        new("ramp-257x129", "ramp", 257, 129, PixelLayout.Rgb24, 85),
        new("high-16x1100", "ramp", 16, 1100, PixelLayout.Gray8, 70),
        new("winograd-1x1", "flat", 1, 1, PixelLayout.Rgb24, 50) { Model = FrozenModel.Winograd },
        new("winograd-odd-65x67", "scene", 65, 67, PixelLayout.Rgb24, 35) { Model = FrozenModel.Winograd },
        new("winograd-320x240", "scene", 320, 240, PixelLayout.Rgb24, 75) { Model = FrozenModel.Winograd },
        new("winograd-tiles-600x530", "scene", 600, 530, PixelLayout.Rgb24, 40) { TileSize = 256, Model = FrozenModel.Winograd },
        new("winograd-grey-1290x70", "scene", 1290, 70, PixelLayout.Gray8, 100) { TileSize = 256, Model = FrozenModel.Winograd },
        new("winograd-noise-96x96", "noise", 96, 96, PixelLayout.Rgb24, 100) { Model = FrozenModel.Winograd },
        new("lossless-1x1", "scene", 1, 1, PixelLayout.Rgb24, 100) { Lossless = true },
        new("lossless-column-1x200-grey", "scene", 1, 200, PixelLayout.Gray8, 100) { Lossless = true },
        new("lossless-row-300x1", "scene", 300, 1, PixelLayout.Rgb24, 100) { Lossless = true },
        new("lossless-scene-320x240", "scene", 320, 240, PixelLayout.Rgb24, 100) { Lossless = true },
        new("lossless-grey-300x200", "scene", 300, 200, PixelLayout.Gray8, 100) { Lossless = true },
        new("lossless-noise-96x96", "noise", 96, 96, PixelLayout.Rgb24, 100) { Lossless = true },
        new("lossless-checks-128x128", "checks", 128, 128, PixelLayout.Rgb24, 100) { Lossless = true, HasMetadata = true },
        new("lossless-tiles-600x270", "ramp", 600, 270, PixelLayout.Rgb24, 100) { Lossless = true, TileSize = 256 },
        new("repeats-1x1", "page", 1, 1, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2 },
        new("repeats-page-320x240", "page", 320, 240, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2 },
        new("repeats-page-grey-200x130", "page", 200, 130, PixelLayout.Gray8, 100) { Lossless = true, Effort = 2 },
        new("repeats-scene-200x150", "scene", 200, 150, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2 },
        new("repeats-tiles-300x520", "half-page", 300, 520, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2, TileSize = 256 },
        new("repeats-row-300x1", "page", 300, 1, PixelLayout.Gray8, 100) { Lossless = true, Effort = 2 },
        new("mixed-page-300x200", "page", 300, 200, PixelLayout.Rgb24, 60) { Effort = 2 },
        new("mixed-tiles-900x530", "half-page", 900, 530, PixelLayout.Rgb24, 50) { Effort = 2, TileSize = 256 },
        new("mixed-winograd-600x300", "half-page", 600, 300, PixelLayout.Rgb24, 70) { Effort = 2, TileSize = 256, Model = FrozenModel.Winograd },
        new("mixed-grey-520x270", "half-page", 520, 270, PixelLayout.Gray8, 30) { Effort = 2, TileSize = 256 },
        new("repeats-texture-140x90", "texture", 140, 90, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2 },
        new("mixed-scene-320x240", "scene", 320, 240, PixelLayout.Rgb24, 40) { Effort = 2 },
        new("digest-1x1", "scene", 1, 1, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2, Digest = true },
        new("digest-tiles-300x520", "page", 300, 520, PixelLayout.Gray8, 100) { Lossless = true, Digest = true, TileSize = 256 },
        new("deep-grey-120x90", "scene", 120, 90, PixelLayout.Gray16, 100) { Lossless = true, Effort = 2, Digest = true, BitDepth = 16 },
        new("deep-scene-100x80", "scene", 100, 80, PixelLayout.Rgb48, 100) { Lossless = true, BitDepth = 16 },
        new("deep-page-160x120", "page", 160, 120, PixelLayout.Rgb48, 100) { Lossless = true, Effort = 2, BitDepth = 16, Spread = true },
        new("deep-twelve-bits-130x60", "scene", 130, 60, PixelLayout.Rgb48, 100) { Lossless = true, Effort = 2, Digest = true, BitDepth = 12 },
        new("deep-noise-30x30", "noise", 30, 30, PixelLayout.Rgb48, 100) { Lossless = true, Effort = 2, BitDepth = 9 },
        new("deep-1x1", "scene", 1, 1, PixelLayout.Gray16, 100) { Lossless = true, BitDepth = 16 },
        new("alpha-page-200x150", "page", 200, 150, PixelLayout.Rgba32, 100) { Lossless = true, Effort = 2, Digest = true },
        new("alpha-tiles-300x270", "scene", 300, 270, PixelLayout.GrayAlpha16, 100) { Lossless = true, TileSize = 256 },
        new("alpha-deep-texture-140x60", "texture", 140, 60, PixelLayout.Rgba64, 100) { Lossless = true, Effort = 2, Digest = true, BitDepth = 16, Spread = true },
        new("alpha-deep-grey-90x70", "checks", 90, 70, PixelLayout.GrayAlpha32, 100) { Lossless = true, Effort = 2, BitDepth = 10 },
        new("near-scene-200x150", "scene", 200, 150, PixelLayout.Rgb24, 100) { MaxError = 1, Effort = 2 },
        new("near-page-200x130", "page", 200, 130, PixelLayout.Rgb24, 100) { MaxError = 3, Effort = 2 },
        new("near-ramp-90x70", "ramp", 90, 70, PixelLayout.Gray8, 100) { MaxError = 127 },
        new("near-deep-alpha-110x80", "scene", 110, 80, PixelLayout.Rgba64, 100) { MaxError = 200, AlphaQuality = 50, Effort = 2, BitDepth = 16 },
        new("near-deep-grey-120x90", "scene", 120, 90, PixelLayout.Gray16, 100) { MaxError = 3, BitDepth = 12 },
        new("lossy-alpha-520x270", "half-page", 520, 270, PixelLayout.Rgba32, 50) { Effort = 2, TileSize = 256 },
        new("lossy-alpha-quality-200x150", "scene", 200, 150, PixelLayout.Rgba32, 60) { AlphaQuality = 40 },
        new("lossy-alpha-deep-grey-150x100", "scene", 150, 100, PixelLayout.GrayAlpha32, 70) { AlphaQuality = 90, Effort = 2, BitDepth = 16 },
        new("lossy-deep-320x240", "scene", 320, 240, PixelLayout.Rgb48, 80) { BitDepth = 16 },
        new("lossy-deep-grey-200x150", "scene", 200, 150, PixelLayout.Gray16, 40) { Effort = 2, BitDepth = 10 },
        new("lossy-deep-page-520x260", "half-page", 520, 260, PixelLayout.Rgb48, 60) { Effort = 2, BitDepth = 16, Spread = true, TileSize = 256, Model = FrozenModel.Winograd },
    ];
}
