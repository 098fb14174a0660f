namespace VaeCodec.Models.Description;

/// <summary>What a model file may ask for; checked before anything is allocated for it.</summary>
public static class ModelLimits
{
    /// <summary>Channels of any tensor.</summary>
    public const int MaxChannels = 4096;

    /// <summary>Channels of y and of z: at most 36 bits a symbol, so many channels stay within the container's 16 bytes a pixel for a tile.</summary>
    public const int MaxLatentChannels = 768;

    /// <summary>Side of a kernel that overlaps its neighbours: the line buffers of the executors hold so many rows and no more.</summary>
    public const int MaxKernel = 7;

    /// <summary>Layers of any network.</summary>
    public const int MaxLayers = 64;

    /// <summary>Bytes of a model file.</summary>
    public const long MaxFileBytes = 256L << 20;

    /// <summary>Multiply-adds per picture pixel of all networks together, counted densely: 40 times the first standard model.</summary>
    public const double MaxMultiplyAddsPerPixel = 2_000_000;

    /// <summary>Weights of all networks together as the executors pack them, with channels padded to the widest vector: 512 MiB of floats.</summary>
    public const long MaxPackedWeights = 1L << 27;

    /// <summary>Entries of the table of scales.</summary>
    public const int MaxScales = 256;

    /// <summary>Largest symbol magnitude that a table codes without an escape.</summary>
    public const int MaxTableSymbol = 8191;
}
