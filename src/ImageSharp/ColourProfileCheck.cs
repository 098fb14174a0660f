namespace VaeCodec.ImageSharp;

/// <summary>
/// Refuses ICC profiles that cannot be meant for a picture's samples, as VaeCodec.Imaging does for PNG and JPEG. ImageSharp makes RGB of CMYK and leaves the profile as it
/// was; carried along, that would make every program that obeys it show wrong colours.
/// </summary>
internal static class ColourProfileCheck
{
    private const string Removal = "remove it (image.Metadata.IccProfile = null; with the tool --strip icc; from a file: magick IN +profile icc out.png)";

    /// <summary>Whether a profile is for RGB.</summary>
    public static bool IsRgb(byte[] profile) => ColourProfileHeader.IsRgb(profile);

    /// <summary>The layout as which a PNG holds a picture.</summary>
    public static PixelLayout PngLayout(PictureDescription picture) => ColourProfileHeader.PngLayout(picture);

    /// <summary>Checks the profile of a picture, where it has one.</summary>
    /// <exception cref="VaeFormatException">The bytes are no ICC profile.</exception>
    /// <exception cref="VaeUnsupportedException">The profile describes samples of another kind.</exception>
    public static void Require(PictureDescription picture)
    {
        if (picture.Metadata.IccProfile is not { } profile)
        {
            return;
        }

        if (ColourProfileHeader.Damage(profile) is { } damage)
        {
            throw new VaeFormatException(VaeError.InvalidField, $"The picture's ICC profile {damage}, so it is none. It is damaged; {Removal}.");
        }

        bool isGrey = picture.Layout.ColourChannels() == 1;
        if (ColourProfileHeader.ForeignSpace(profile, isGrey) is not { } space)
        {
            return;
        }

        // Decoders of ImageSharp make RGB of grey files as well, which keep their profiles.
        string grey = space == "GRAY" ? " If the picture is grey, take its pixels as grey (image.CloneAs<L8>())." : "";
        throw new VaeUnsupportedException(
            VaeError.UnsupportedFeature,
            $"The picture's ICC profile is for samples of the colour space '{space}', but its pixels are {(isGrey ? "grey" : "RGB")}, so its colours cannot be told.{grey} "
            + $"If the picture looks right without the profile, {Removal}; if not, convert it to sRGB before it is loaded, for example: magick IN -profile sRGB.icc out.png");
    }
}
