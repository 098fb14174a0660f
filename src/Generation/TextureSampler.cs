using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec.Generation;

/// <summary>
/// Draws from the compression model as its decoder understands it: hyper-latents from their prior, symbols from the probabilities that follow, in both passes,
/// pixels from those. That gives textures and no pictures: the prior of z knows nothing of one position from another, for it need not to code well.
/// </summary>
public static class TextureSampler
{
    /// <summary>Largest side in pixels.</summary>
    public const int MaxSide = 1024;

    /// <summary>Bytes of memory that drawing a texture takes at most, beside the texture: latents, and the buffers of the networks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="side">Width and height in pixels: a multiple of 64 up to <see cref="MaxSide"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The side is none.</exception>
    public static long MemoryBytes(VaeModel model, int side)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckSide(side);
        TileArea area = TileArea.Of(0, 0, side, side, side);
        return WholeSynthesis.Bytes(model, side, side) + TileNetworks.Bytes(model.Cpu, area.Width, area.Height, encoding: false) + TileBuffers.Bytes(model.Networks.Description, area);
    }

    /// <summary>Draws a texture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quality">1..100: whose probabilities to draw from.</param>
    /// <param name="side">Width and height in pixels: a multiple of 64 up to <see cref="MaxSide"/>.</param>
    /// <param name="seed">The same seed gives the same texture.</param>
    /// <exception cref="ArgumentOutOfRangeException">Quality or side is.</exception>
    public static DecodedPicture Draw(VaeModel model, int quality, int side, int seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, ModelDescription.Qualities);
        CheckSide(side);
        Random random = new(seed);
        Model networks = model.Networks;
        TileArea area = TileArea.Of(0, 0, side, side, side);
        using TileLatentCoder coder = new(model, area);
        ReadOnlySpan<CdfTable> priors = networks.HyperPriors(quality);
        Span<sbyte> hyper = coder.Buffers.HyperLatents.AsSpan(0, coder.Buffers.HyperCount(area));
        for (int i = 0; i < hyper.Length; i++)
        {
            hyper[i] = (sbyte)Draw(priors[i % priors.Length], random);
        }

        coder.SynthesiseHyper(area);
        ReadOnlySpan<short> offsets = networks.ScaleOffset(quality);
        for (int i = 0; i < coder.Buffers.Count(area); i++)
        {
            int scale = Math.Clamp(coder.Buffers.LogScales[i] + offsets[i % offsets.Length], 0, networks.Scales.Count - 1);
            coder.Buffers.Symbols[i] = (short)Draw(networks.Scales[scale], random);
        }

        coder.Reconstruct(area, quality);
        return WholeSynthesis.Synthesise(model, coder.Buffers.Decoded.AsSpan(0, coder.Buffers.Count(area)), networks.InverseGain(quality), side, side);
    }

    private static void CheckSide(int side)
    {
        if (side is < ModelDescription.SizeMultiple or > MaxSide || side % ModelDescription.SizeMultiple != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(side), side, $"The side must be a multiple of {ModelDescription.SizeMultiple} up to {MaxSide}.");
        }
    }

    /// <summary>A symbol of a table by its probability. The escape, which is the last entry and stands for what is rarer, is left out.</summary>
    internal static int Draw(CdfTable table, Random random)
    {
        int place = random.Next(table.Starts[table.SymbolCount]), found = table.Starts.BinarySearch((ushort)place);
        return table.First + (found >= 0 ? found : ~found - 1);
    }
}
