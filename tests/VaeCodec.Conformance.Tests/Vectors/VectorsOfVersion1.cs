using VaeCodec.Conformance.Tests.Frozen;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>The vectors of version 1. A released vector is never changed or removed; new ones are added at the end.</summary>
internal static class VectorsOfVersion1
{
    /// <summary>The vectors.</summary>
    public static IReadOnlyList<VectorDefinition> All { get; } =
    [
        new("v1-pixel-1x1", "flat", 1, 1, PixelLayout.Rgb24, 50) { Effort = 2 },
        new("v1-scene-200x150", "scene", 200, 150, PixelLayout.Rgb24, 75) { Effort = 2 },
        new("v1-scene-first-effort-65x67", "scene", 65, 67, PixelLayout.Rgb24, 35),
        new("v1-grey-70x300", "scene", 70, 300, PixelLayout.Gray8, 20) { Effort = 2 },
        new("v1-winograd-tiles-600x270", "scene", 600, 270, PixelLayout.Rgb24, 40) { Effort = 2, TileSize = 256, Model = FrozenModel.Winograd },
        new("v1-mixed-520x270", "half-page", 520, 270, PixelLayout.Rgb24, 50) { Effort = 2, TileSize = 256 },
        new("v1-mixed-page-300x200", "page", 300, 200, PixelLayout.Rgb24, 5) { Effort = 2 },
        new("v1-metadata", "ramp", 90, 70, PixelLayout.Rgb24, 90) { Effort = 2, HasMetadata = true },
        new("v1-alpha-520x90", "half-page", 520, 90, PixelLayout.Rgba32, 60) { Effort = 2, TileSize = 256 },
        new("v1-alpha-deep-grey-90x70", "scene", 90, 70, PixelLayout.GrayAlpha32, 100) { Effort = 2, AlphaQuality = 60, BitDepth = 12 },
        new("v1-deep-130x100", "scene", 130, 100, PixelLayout.Rgb48, 80) { Effort = 2, BitDepth = 16 },
        new("v1-lossless-1x1", "scene", 1, 1, PixelLayout.GrayAlpha16, 100) { Lossless = true, Effort = 2, Digest = true },
        new("v1-lossless-page-200x130", "page", 200, 130, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2, Digest = true, HasMetadata = true },
        new("v1-lossless-scene-120x90", "scene", 120, 90, PixelLayout.Rgb24, 100) { Lossless = true, Digest = true },
        new("v1-lossless-tiles-300x270", "half-page", 300, 270, PixelLayout.Gray8, 100) { Lossless = true, Effort = 2, Digest = true, TileSize = 256 },
        new("v1-lossless-deep-90x60", "texture", 90, 60, PixelLayout.Rgba64, 100) { Lossless = true, Effort = 2, Digest = true, BitDepth = 16, Spread = true },
        new("v1-near-110x80", "scene", 110, 80, PixelLayout.Rgba32, 100) { MaxError = 2, AlphaQuality = 70, Effort = 2 },
        new("v1-unknown-sections", "half-page", 520, 60, PixelLayout.Rgb24, 40) { Effort = 2, TileSize = 256, HasMetadata = true, Edit = VectorEdits.WithUnknownSections },
        new("v1-unknown-sections-lossless", "ramp", 300, 270, PixelLayout.Gray8, 100) { Lossless = true, Effort = 2, Digest = true, TileSize = 256, Edit = VectorEdits.WithUnknownSections },
        new("v1-minor-1", "scene", 64, 64, PixelLayout.Rgb24, 50) { Effort = 2, Minor = 1, Edit = file => VectorEdits.ToMinor(file, 1) },
        new("v1-minor-255", "checks", 70, 50, PixelLayout.Rgb24, 100) { Lossless = true, Effort = 2, Digest = true, Minor = 255, Edit = file => VectorEdits.ToMinor(file, 255) },
        new("v1-index-of-one-tile", "scene", 64, 64, PixelLayout.Gray8, 30) { Effort = 2, Edit = VectorEdits.WithIndex },
        new("v1-no-index-1290x16", "scene", 1290, 16, PixelLayout.Rgb24, 30) { Effort = 2, TileSize = 256, Edit = VectorEdits.WithoutIndex },
    ];
}
