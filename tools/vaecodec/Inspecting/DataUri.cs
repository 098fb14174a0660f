using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>Pictures within a page.</summary>
internal static class DataUri
{
    /// <summary>A picture as a data URI, coded as PNG.</summary>
    /// <param name="picture">What it is; metadata are left out.</param>
    /// <param name="pixels">Its rows.</param>
    /// <param name="cancellationToken">Cancels the coding.</param>
    public static async Task<string> OfAsync(PictureDescription picture, byte[] pixels, CancellationToken cancellationToken)
    {
        using MemoryStream png = new();

        // A page shows samples as red, green and blue, whatever they stand for; PNG refuses others.
        PictureDescription shown = picture.Without(MetadataKinds.All) with { Colour = picture.Colour.Matrix == 0 ? picture.Colour : ColourCodePoints.Srgb };
        MemoryRowSource source = new(shown, pixels);
        await RowCopy.CopyAsync(source, PictureWriter.Create(png, PictureFormat.Png), cancellationToken).ConfigureAwait(false);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
    }
}
