using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;

namespace VaeCodec.Generation;

/// <summary>Pixels from the latents of a whole picture, and latents from its pixels.</summary>
internal static class WholeSynthesis
{
    /// <summary>Analyses a picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="picture">The picture, of 8-bit red, green and blue.</param>
    /// <returns>y: row, column, channel, for the picture padded to a multiple of 64.</returns>
    public static float[] Analyse(VaeModel model, DecodedPicture picture)
    {
        using WorkerTeam team = new(0);
        using AnalysisTransform analysis = new(model.Cpu, team);
        (int width, int height) = Grid(picture.Picture.Width, picture.Picture.Height);
        float[] latents = new float[checked(width * height * model.Networks.Description.LatentChannels)];
        analysis.Analyse(picture.Pixels, picture.Picture.Width, picture.Picture.Height, 3, latents);
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
        int rowLatents = Grid(width, height).Width * inverseGain.Length;
        synthesis.Begin(width, height, 3);
        for (Span<byte> left = pixels; !left.IsEmpty;)
        {
            for (; synthesis.LatentRowsWanted > 0; latents = latents[rowLatents..])
            {
                synthesis.Push(latents[..rowLatents], inverseGain);
            }

            synthesis.Advance();
            int bytes = synthesis.RowsReady * picture.RowBytes;
            synthesis.ReadRows(left[..bytes]);
            left = left[bytes..];
        }

        return new DecodedPicture(picture, pixels);
    }

    private static (int Width, int Height) Grid(int width, int height)
        => (ModelDescription.PadSide(width) / ModelDescription.LatentStride, ModelDescription.PadSide(height) / ModelDescription.LatentStride);
}
