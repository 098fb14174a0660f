using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec.Bundling;

/// <summary>Codes the middle of pictures at several qualities and keeps what the scale network has to know.</summary>
internal static class CalibrationSampler
{
    /// <summary>Latents along the side of a sample: 256 pixels.</summary>
    private const int Side = 16;

    /// <summary>Qualities sampled: the trained levels of a ten-level model.</summary>
    private static readonly int[] s_qualities = [1, 12, 23, 34, 45, 56, 67, 78, 89, 100];

    /// <summary>Samples one picture.</summary>
    /// <param name="model">A model whose scale network does not matter yet.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="samples">Where the samples go.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeUnsupportedException">The picture has alpha, or more than 8 bits a sample.</exception>
    public static async Task SampleAsync(VaeModel model, IRowSource picture, List<CalibrationSample> samples, CancellationToken cancellationToken)
    {
        PictureDescription description = picture.Picture;
        if (!ModelBundler.Calibrates(description))
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"Models are calibrated with pictures of 8 bits a sample without alpha; this one has {description.BitDepth} bits{(description.Layout.HasAlpha() ? " and alpha" : "")}.");
        }

        byte[] pixels = new byte[checked(description.RowBytes * description.Height)];
        await picture.ReadRowsAsync(pixels, description.Height, cancellationToken).ConfigureAwait(false);

        using WorkerTeam team = new(0);
        using AnalysisTransform analysis = new(model.Cpu, team);
        int channels = model.Networks.Description.LatentChannels;
        int latentHeight = ModelDescription.PadSide(description.Height) / ModelDescription.LatentStride;
        int latentWidth = ModelDescription.PadSide(description.Width) / ModelDescription.LatentStride;
        float[] latents = new float[checked(latentHeight * latentWidth * channels)];
        analysis.Analyse(pixels, description.Width, description.Height, description.Layout.Channels(), latents);

        int width = Math.Min(Side, latentWidth), height = Math.Min(Side, latentHeight);
        int column = (latentWidth - width) / 2 / ModelDescription.HyperStride * ModelDescription.HyperStride;
        int top = (latentHeight - height) / 2;
        LatentRows middle = new(height, latentWidth, channels);
        for (int row = 0; row < height; row++)
        {
            latents.AsSpan((top + row) * latentWidth * channels, latentWidth * channels).CopyTo(middle[row]);
        }

        TileArea area = new(column, 0, width, height);
        using TileLatentCoder coder = new(model, area);
        foreach (int quality in s_qualities)
        {
            TileBuffers buffers = coder.Buffers;
            middle.Read(area, buffers.Latents);
            coder.Quantise(area, quality, false);
            samples.Add(new CalibrationSample(
                quality,
                width / ModelDescription.HyperStride,
                height / ModelDescription.HyperStride,
                buffers.HyperLatents[..buffers.HyperCount(area)],
                Residuals(buffers, buffers.Count(area))));
        }
    }

    private static float[] Residuals(TileBuffers buffers, int count)
    {
        float[] residuals = new float[count];
        for (int i = 0; i < count; i++)
        {
            residuals[i] = buffers.Latents[i] - (buffers.Decoded[i] - buffers.Symbols[i]);
        }

        return residuals;
    }
}
