using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace VaeCodec.ImageSharp;

/// <summary>
/// Tells what a TIFF says of its picture from what it says of its file. ImageSharp gives all tags of the image directory as EXIF, offsets of strips and whole layers among them, which would mislead
/// whoever reads or writes the picture later (EXIF 3.0, 4.6.8: tags that a compressed file does not record).
/// </summary>
internal static class TiffTags
{
    /// <summary>Of the directory itself: DocumentName, ImageDescription, Make, Model, Orientation, X- and YResolution, ResolutionUnit, Software, DateTime, Artist, HostComputer, Rating, Copyright, XPTitle to XPSubject.</summary>
    private static readonly HashSet<ushort> s_ofDirectory = [0x010D, 0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x013C, 0x4746, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F];

    /// <summary>The tags that are about the picture; null where there are none.</summary>
    /// <param name="tags">All tags.</param>
    public static ExifProfile? OfPicture(ExifProfile? tags)
    {
        ExifProfile? kept = tags?.DeepClone();
        foreach (ExifTag tag in tags?.Values.Select(value => value.Tag).Where(tag => !IsOfPicture((ushort)tag)) ?? [])
        {
            kept!.RemoveValue(tag);
        }

        return kept is { Values.Count: > 0 } ? kept : null;
    }

    /// <summary>Beside the directory's own: GPS, exposure, and EXIF's own ranges, in which pointers to other directories are not.</summary>
    private static bool IsOfPicture(ushort tag)
        => s_ofDirectory.Contains(tag) || tag is <= 0x1F or 0x829A or 0x829D or (>= 0x8822 and <= 0x8835 and not 0x8825) or (>= 0x9000 and <= 0x92FF) or (>= 0xA000 and <= 0xA4FF and not 0xA005);
}
