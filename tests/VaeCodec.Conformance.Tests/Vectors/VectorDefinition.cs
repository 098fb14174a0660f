using VaeCodec.Conformance.Tests.Frozen;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>How a vector's stream is made: the picture and the encoder's options.</summary>
/// <param name="Name">Name of its files, without extension.</param>
/// <param name="Picture">Kind of picture, see TestPicture.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Layout">Samples of a pixel.</param>
/// <param name="Quality">1..100.</param>
internal sealed record VectorDefinition(string Name, string Picture, int Width, int Height, PixelLayout Layout, int Quality)
{
    /// <summary>Side of a tile in pixels.</summary>
    public int TileSize { get; init; } = 512;

    /// <summary>Whether ICC, EXIF and XMP travel along, and a colour space that is not sRGB.</summary>
    public bool HasMetadata { get; init; }

    /// <summary>Whether every sample is kept; the file then needs no model.</summary>
    public bool Lossless { get; init; }

    /// <summary>The encoder's effort: from 2 on tiles choose their way of coding (version 0.3).</summary>
    public int Effort { get; init; } = 1;

    /// <summary>Minor version of the file.</summary>
    public int MinorVersion => Effort > 1 ? 3 : Lossless ? 2 : 1;

    /// <summary>The encoder's options, but for the number of threads.</summary>
    /// <param name="model">The model.</param>
    public VaeEncoderOptions Options(VaeModel model) => Lossless
        ? new VaeEncoderOptions { Lossless = true, Effort = Effort, TileSize = TileSize, Digest = false }
        : new VaeEncoderOptions { Quality = Quality, Effort = Effort, TileSize = TileSize, Model = model };

    /// <summary>Name of the model.</summary>
    public string Model { get; init; } = FrozenModel.Direct;

    public override string ToString() => Name;
}
