using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;

namespace VaeCodec.Generation;

/// <summary>Pixels from the latents of a whole picture, and latents from its pixels.</summary>
internal static class WholeSynthesis
{
    /// <summary>Bytes of memory that analysis and synthesis of a picture take at most, with its latents and those of another.</summary>
    public static long Bytes(VaeModel model, int width, int height)
    {
        int threads = VaeLimits.ResolveThreads(0);
        return Math.Max(AnalysisTransform.Bytes(model.Cpu, width, height, threads), SynthesisTransform.Bytes(model.Cpu, width, height, threads))
            + (3 * Positions(width, height) * model.Networks.Description.LatentChannels * sizeof(float));
    }

    /// <summary>Analyses a picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="picture">The picture, of 8-bit red, green and blue.</param>
    /// <returns>y: row, column, channel, for the picture padded to a multiple of 64.</returns>
    public static float[] Analyse(VaeModel model, DecodedPicture picture)
    {
        using WorkerTeam team = new(0);
        using AnalysisTransform analysis = new(model.Cpu, team);
        (int width, int height) = (picture.Picture.Width, picture.Picture.Height);
        float[] latents = new float[checked(Positions(width, height) * model.Networks.Description.LatentChannels)];
        analysis.Analyse(picture.Pixels, width, height, 3, latents);
        return latents;
    }

    /// <summary>Synthesises a picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="latents">Row, column, channel, for the picture padded to a multiple of 64.</param>
    /// <param name="inverseGain">What each channel is multiplied with.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static DecodedPicture Synthesise(VaeModel model, ReadOnlySpan<float> latents, ReadOnlySpan<float> inverseGain, int width, int height)
    {
        using WorkerTeam team = new(0);
        using SynthesisTransform synthesis = new(model.Cpu, team);
        PictureDescription picture = new(width, height, PixelLayout.Rgb24);
        byte[] pixels = new byte[checked(picture.RowBytes * height)];
        synthesis.Synthesise(latents, inverseGain, width, height, 3, 8, pixels);
        return new DecodedPicture(picture, pixels);
    }

    /// <summary>Positions of latents of a padded picture.</summary>
    private static long Positions(int width, int height)
        => (long)ModelDescription.PadSide(width) / ModelDescription.LatentStride * (ModelDescription.PadSide(height) / ModelDescription.LatentStride);
}
