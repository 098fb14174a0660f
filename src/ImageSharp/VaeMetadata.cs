using SixLabors.ImageSharp;

namespace VaeCodec.ImageSharp;

/// <summary>What a .vae file says of its picture beside what ImageSharp's own metadata hold. Set by decoding; an encoder does not look at it.</summary>
public sealed class VaeMetadata : IDeepCloneable
{
    /// <summary>Metadata of a picture that has not been in a .vae file.</summary>
    public VaeMetadata()
    {
    }

    private VaeMetadata(VaeMetadata other)
    {
        (Quality, IsLossless, MaxError) = (other.Quality, other.IsLossless, other.MaxError);
        (Layout, BitDepth, ModelName, ModelIdentity) = (other.Layout, other.BitDepth, other.ModelName, other.ModelIdentity);
    }

    /// <summary>Quality, 1 to 100; 100 where no network is needed.</summary>
    public int Quality { get; set; }

    /// <summary>Whether every sample was kept.</summary>
    public bool IsLossless { get; set; }

    /// <summary>The largest error of a colour sample that a near-lossless file states, in levels of its depth; 0 for others.</summary>
    public int MaxError { get; set; }

    /// <summary>The samples of a pixel in the file.</summary>
    public PixelLayout Layout { get; set; }

    /// <summary>Bits of a sample in the file, 8 to 16.</summary>
    public int BitDepth { get; set; }

    /// <summary>Name of the model; "lossless" where none is needed.</summary>
    public string ModelName { get; set; } = "";

    /// <summary>SHA-256 of the model's weights and tables, 64 hexadecimal digits; not the digest of its file.</summary>
    public string ModelIdentity { get; set; } = "";

    /// <inheritdoc/>
    public IDeepCloneable DeepClone() => new VaeMetadata(this);
}
