namespace VaeCodec.Imaging;

/// <summary>
/// Refuses ICC profiles that cannot be meant for a picture's samples: carried along, they would make every program that obeys
/// them show wrong colours.
/// </summary>
internal static class ColourProfileCheck
{
    /// <summary>Checks the profile of a picture that was opened, where it has one, or takes it away.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="ignore">Whether nobody wants the profile.</param>
    /// <param name="format">What messages call the file format: PNG or JPEG.</param>
    /// <param name="place">Where the profile stands, for messages.</param>
    /// <returns>The picture, without its profile where nobody wants it.</returns>
    /// <exception cref="VaeFormatException">The bytes are no ICC profile.</exception>
    /// <exception cref="VaeUnsupportedException">The profile describes samples of another kind.</exception>
    internal static PictureDescription Apply(PictureDescription picture, bool ignore, string format, string place)
    {
        if (picture.Metadata.IccProfile is not { } profile)
        {
            return picture;
        }

        if (ignore)
        {
            return picture with { Metadata = picture.Metadata with { IccProfile = null } };
        }

        string extension = format == "PNG" ? "png" : "jpg";
        string strip = $"leave it out: --strip icc for the tool, ignoreProfile in code, or magick in.{extension} +profile icc out.png";
        if (ColourProfileHeader.Damage(profile) is { } damage)
        {
            throw new VaeFormatException(VaeError.InvalidField, $"{format}: the ICC profile ({place}) {damage}, so it is none. It is damaged; {strip}");
        }

        bool grey = picture.Layout.ColourChannels() == 1;
        if (ColourProfileHeader.ForeignSpace(profile, grey) is { } space)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"{format}: the ICC profile ({place}) is for samples of the colour space '{space}', but the picture is {(grey ? "grey" : "RGB")}, so its colours cannot be told. "
                + $"If it looks wrong, convert it to sRGB, for example: magick in.{extension} -profile sRGB.icc out.png; if it looks right, the profile is not its own: {strip}");
        }

        return picture;
    }
}
