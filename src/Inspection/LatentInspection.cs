namespace VaeCodec.Inspection;

/// <summary>What is known of a picture's latents. Maps have a value for each position, which stands for 16 x 16 pixels, row after row.</summary>
/// <param name="Width">Latents in a row.</param>
/// <param name="Height">Rows of latents.</param>
/// <param name="Channels">Channels of a latent.</param>
public sealed record LatentInspection(int Width, int Height, int Channels)
{
    /// <summary>Bytes that the two maps take for each position.</summary>
    internal const int BytesAPosition = 2 * sizeof(float);

    /// <summary>Bits that each position took: those of its symbols and its share of z; where a tile is coded as samples, its share of the tile's bytes; of alpha the same.</summary>
    public float[] Bits { get; } = new float[Width * Height];

    /// <summary>Bits that z makes expected of each position's symbols: the entropy of the probabilities that the scale network gives. 0 where a tile is coded as samples.</summary>
    public float[] Expected { get; } = new float[Width * Height];

    /// <summary>Bits that each channel's symbols took in the whole picture.</summary>
    public double[] ChannelBits { get; } = new double[Channels];

    /// <summary>Symbols of each channel that are not zero.</summary>
    public long[] ChannelNonZeros { get; } = new long[Channels];

    /// <summary>Symbols of each channel.</summary>
    public long SymbolsOfAChannel { get; internal set; }
}
