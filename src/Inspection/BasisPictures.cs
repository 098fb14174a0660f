using System.Buffers.Binary;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;

namespace VaeCodec.Inspection;

/// <summary>What single channels of the latents draw: the synthesis of one symbol among zeros, less that of zeros alone.</summary>
public static class BasisPictures
{
    private const int Latents = 12;
    private const int Bits = 16;

    /// <summary>Side of a basis picture in pixels: three latents, which hold nearly all that one draws.</summary>
    public const int Side = 3 * ModelDescription.LatentStride;

    /// <summary>Draws the basis pictures of channels.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quality">1..100: how large the step of a symbol is.</param>
    /// <param name="channels">The channels, each from 0 to one less than the model has.</param>
    /// <returns>For each of them <see cref="Side"/> x <see cref="Side"/> pixels of red, green and blue, a byte each; 128 is no change, and the largest change is 127.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such channel, or there is no such quality.</exception>
    public static IReadOnlyList<byte[]> Draw(VaeModel model, int quality, IReadOnlyList<int> channels)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(channels);
        foreach (int channel in channels)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(channel, nameof(channels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, model.Networks.Description.LatentChannels, nameof(channels));
        }

        using WorkerTeam team = new(1);
        using SynthesisTransform synthesis = new(model.Cpu, team);
        float[] latents = new float[Latents * Latents * model.Networks.Description.LatentChannels];
        int[] zeros = Synthesise(synthesis, model, quality, latents);
        List<byte[]> pictures = [];
        foreach (int channel in channels)
        {
            int middle = (((Latents / 2 * Latents) + (Latents / 2)) * model.Networks.Description.LatentChannels) + channel;

            // As many steps as make the change large against the rounding of 16 bits, and not so many that it is cut off.
            latents[middle] = 4;
            int[] drawn = Synthesise(synthesis, model, quality, latents);
            latents[middle] = 0;
            pictures.Add(Difference(drawn, zeros));
        }

        return pictures;
    }

    private static byte[] Difference(int[] drawn, int[] zeros)
    {
        int largest = 1;
        for (int i = 0; i < drawn.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(drawn[i] - zeros[i]));
        }

        byte[] picture = new byte[drawn.Length];
        for (int i = 0; i < picture.Length; i++)
        {
            picture[i] = (byte)(128 + (127 * (drawn[i] - zeros[i]) / largest));
        }

        return picture;
    }

    /// <summary>The middle of what latents draw, as samples of 16 bits.</summary>
    private static int[] Synthesise(SynthesisTransform synthesis, VaeModel model, int quality, float[] latents)
    {
        int side = Latents * ModelDescription.LatentStride, first = ((Latents / 2) - 1) * ModelDescription.LatentStride;
        byte[] pixels = new byte[side * side * 3 * sizeof(ushort)];
        synthesis.Synthesise(latents, model.Networks.InverseGain(quality), side, side, 3, Bits, pixels);
        int[] middle = new int[Side * Side * 3];
        for (int i = 0; i < middle.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, Side * 3);
            middle[i] = BinaryPrimitives.ReadUInt16LittleEndian(pixels.AsSpan((((((first + y) * side) + first) * 3) + x) * sizeof(ushort)));
        }

        return middle;
    }
}
