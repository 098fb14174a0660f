using System.Buffers;
using VaeCodec.Models.Description;

namespace VaeCodec.Tiles;

/// <summary>The values of one tile, each as row, column, channel. Rented by one thread at a time.</summary>
/// <remarks>The arrays are longer than a tile needs, and hold anything before they are written: they come from the pool that all pictures share. What lies beyond a tile is never touched.</remarks>
internal sealed class TileBuffers : IDisposable
{
    private readonly int _channels;
    private readonly int _hyperChannels;
    private bool _returned;

    /// <summary>Makes room for the largest tile.</summary>
    /// <param name="description">The model's networks.</param>
    /// <param name="largest">The first tile of the picture, which is as large as any.</param>
    public TileBuffers(ModelDescription description, TileArea largest)
    {
        _channels = description.LatentChannels;
        _hyperChannels = description.HyperChannels;
        int count = Count(largest);
        HyperLatents = ArrayPool<sbyte>.Shared.Rent(HyperCount(largest));
        LogScales = ArrayPool<short>.Shared.Rent(count);
        Symbols = ArrayPool<short>.Shared.Rent(count);
        Latents = ArrayPool<float>.Shared.Rent(count);
        Decoded = ArrayPool<float>.Shared.Rent(count);
        Corrections = ArrayPool<float>.Shared.Rent(count);
    }

    /// <summary>z.</summary>
    public sbyte[] HyperLatents { get; }

    /// <summary>The output of h_s.</summary>
    public short[] LogScales { get; }

    /// <summary>q, the quantised residuals.</summary>
    public short[] Symbols { get; }

    /// <summary>y_q, the latents after the gain (encoder only).</summary>
    public float[] Latents { get; }

    /// <summary>y_hat = q + mu.</summary>
    public float[] Decoded { get; }

    /// <summary>d, the output of the context networks at the odd positions.</summary>
    public float[] Corrections { get; }

    /// <summary>Bytes an instance takes.</summary>
    public static long Bytes(ModelDescription description, TileArea largest)
        => (long)largest.Width * largest.Height * ((description.LatentChannels * 16) + (description.HyperChannels / (ModelDescription.HyperStride * ModelDescription.HyperStride)) + 1);

    /// <summary>Elements of the latents of a tile.</summary>
    public int Count(TileArea area) => checked(area.Width * area.Height * _channels);

    /// <summary>Elements of the hyper-latents of a tile.</summary>
    public int HyperCount(TileArea area) => checked(area.Width * area.Height / (ModelDescription.HyperStride * ModelDescription.HyperStride) * _hyperChannels);

    /// <summary>Gives the arrays back. They must not be used any more.</summary>
    public void Dispose()
    {
        if (_returned)
        {
            return;
        }

        _returned = true;
        ArrayPool<sbyte>.Shared.Return(HyperLatents);
        ArrayPool<short>.Shared.Return(LogScales);
        ArrayPool<short>.Shared.Return(Symbols);
        ArrayPool<float>.Shared.Return(Latents);
        ArrayPool<float>.Shared.Return(Decoded);
        ArrayPool<float>.Shared.Return(Corrections);
    }
}
