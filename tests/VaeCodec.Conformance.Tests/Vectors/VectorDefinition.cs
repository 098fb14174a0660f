using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Pictures;

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

    /// <summary>The encoder's effort: from 2 on tiles choose their way of coding.</summary>
    public int Effort { get; init; } = 1;

    /// <summary>Bits of a sample.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>Whether samples of more than 8 bits leave values out.</summary>
    public bool Spread { get; init; }

    /// <summary>The bound of errors, in levels; 0 for none.</summary>
    public int MaxError { get; init; }

    /// <summary>Quality of alpha.</summary>
    public int AlphaQuality { get; init; } = 100;

    /// <summary>Whether a lossless file carries a digest of its picture.</summary>
    public bool Digest { get; init; }

    /// <summary>Whether no model is needed.</summary>
    public bool CodesSamples => Lossless || MaxError > 0;

    /// <summary>Major version of the file.</summary>
    public int Major { get; init; } = 1;

    /// <summary>Minor version of the file.</summary>
    public int Minor { get; init; }

    /// <summary>What is done to the file that the encoder writes.</summary>
    public Func<byte[], byte[]> Edit { get; init; } = file => file;

    /// <summary>The vector's file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threads">Threads of the encoder.</param>
    public byte[] Encode(VaeModel model, int threads) => Edit(VaeEncoder.Encode(VectorCatalogue.Describe(this), Pixels(), Options(model) with { Threads = threads }));

    /// <summary>The picture's samples.</summary>
    public byte[] Pixels() => TestPicture.Create(Picture, Width, Height, Layout, BitDepth, Spread);

    /// <summary>The encoder's options, but for the number of threads.</summary>
    /// <param name="model">The model.</param>
    public VaeEncoderOptions Options(VaeModel model) => CodesSamples
        ? new VaeEncoderOptions { Lossless = Lossless, MaxError = MaxError, AlphaQuality = AlphaQuality, Effort = Effort, TileSize = TileSize, Digest = Digest }
        : new VaeEncoderOptions { Quality = Quality, AlphaQuality = AlphaQuality, Effort = Effort, TileSize = TileSize, Model = model };

    /// <summary>Name of the model.</summary>
    public string Model { get; init; } = FrozenModel.Direct;

    public override string ToString() => Name;
}
