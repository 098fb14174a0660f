using VaeCodec.Inspection;
using VaeCodec.Metrics;
using VaeCodec.Models.Description;

namespace VaeCodec.Tool;

/// <summary>Makes the pictures of an inspection's page.</summary>
internal static class InspectionPageMaker
{
    /// <summary>Sides of pictures on the page, at most; larger ones are decoded at a smaller scale.</summary>
    private const int LargestSide = 1280;

    private const int BasisCount = 24;

    /// <summary>Makes the page.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="inspection">What is in it.</param>
    /// <param name="options">How to decode.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<string> MakeAsync(string name, Stream file, PictureInspection inspection, VaeDecoderOptions options, CancellationToken cancellationToken)
    {
        int scale = 1;
        while (scale < 16 && Math.Max(inspection.Info.Picture.Width, inspection.Info.Picture.Height) > LargestSide * scale)
        {
            scale *= 2;
        }

        options = options with { Scale = scale };
        DecodedPicture whole = await StageAsync(file, PreviewStage.Whole, options, cancellationToken).ConfigureAwait(false);
        string picture = await DataUri.OfAsync(whole.Picture, whole.Pixels, cancellationToken).ConfigureAwait(false);
        if (inspection is not { Model: { } model, Latents: { } latents })
        {
            return new InspectionPage(name, inspection) { Picture = picture }.Write();
        }

        List<(string, double)> stages = [];
        foreach (PreviewStage stage in (PreviewStage[])[PreviewStage.HyperLatents, PreviewStage.FirstPass])
        {
            DecodedPicture early = await StageAsync(file, stage, options, cancellationToken).ConfigureAwait(false);
            SampleDifference difference = new(MeasuredPictures.Format(early.Picture));
            difference.Add(early.Pixels, whole.Pixels);
            stages.Add((await DataUri.OfAsync(early.Picture, early.Pixels, cancellationToken).ConfigureAwait(false), difference.Psnr));
        }

        stages.Add((picture, double.PositiveInfinity));
        double brightest = Math.Max(HeatColours.Most(latents.Bits), HeatColours.Most(latents.Expected));
        PictureDescription full = inspection.Info.Picture, map = new((full.Width + ModelDescription.LatentStride - 1) / ModelDescription.LatentStride, (full.Height + ModelDescription.LatentStride - 1) / ModelDescription.LatentStride, PixelLayout.Rgb24), patch = new(BasisPictures.Side, BasisPictures.Side, PixelLayout.Rgb24);
        int[] dearest = [.. InspectionText.DearestChannels(latents).Take(BasisCount)];
        List<(int, string)> basis = [];
        foreach ((int channel, byte[] pixels) in dearest.Zip(BasisPictures.Draw(model, inspection.Info.Quality, dearest)))
        {
            basis.Add((channel, await DataUri.OfAsync(patch, pixels, cancellationToken).ConfigureAwait(false)));
        }

        return new InspectionPage(name, inspection)
        {
            Picture = picture,
            Stages = stages,
            BitsMap = await DataUri.OfAsync(map, HeatColours.Paint(Cut(latents, latents.Bits, map), brightest), cancellationToken).ConfigureAwait(false),
            ExpectedMap = await DataUri.OfAsync(map, HeatColours.Paint(Cut(latents, latents.Expected, map), brightest), cancellationToken).ConfigureAwait(false),
            MapExtent = (map.Width * (double)ModelDescription.LatentStride / full.Width, map.Height * (double)ModelDescription.LatentStride / full.Height),
            Brightest = brightest,
            Basis = basis,
        }.Write();
    }

    /// <summary>A map without the positions that lie in the padding alone.</summary>
    private static float[] Cut(LatentInspection latents, float[] values, PictureDescription map)
    {
        float[] cut = new float[map.Width * map.Height];
        for (int row = 0; row < map.Height; row++)
        {
            values.AsSpan(row * latents.Width, map.Width).CopyTo(cut.AsSpan(row * map.Width));
        }

        return cut;
    }

    private static Task<DecodedPicture> StageAsync(Stream file, PreviewStage stage, VaeDecoderOptions options, CancellationToken cancellationToken)
    {
        file.Position = 0;
        return StagedDecoder.DecodeAsync(file, stage, options, cancellationToken);
    }
}
