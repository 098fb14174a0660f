using System.Text;

namespace VaeCodec.Imaging;

/// <summary>
/// Refuses ICC profiles that cannot be meant for a picture's samples (ICC.1:2022, 7.2): carried along, they would make
/// every program that obeys them show wrong colours.
/// </summary>
internal static class ColourProfileCheck
{
    private const int HeaderBytes = 128;
    private const int SpaceOffset = 16;
    private const int SignatureOffset = 36;

    /// <summary>Checks the profile of a picture that was opened, where it has one.</summary>
    /// <param name="format">What messages call the file format: PNG or JPEG.</param>
    /// <param name="place">Where the profile stands, for messages.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="VaeFormatException">The bytes are no ICC profile.</exception>
    /// <exception cref="VaeUnsupportedException">The profile describes samples of another kind.</exception>
    internal static void Require(string format, string place, PictureDescription picture)
    {
        if (picture.Metadata.IccProfile is not { } profile)
        {
            return;
        }

        string extension = format == "PNG" ? "png" : "jpg";
        string strip = $"strip it, for example: magick in.{extension} +profile icc out.png";
        if (profile.Length < HeaderBytes)
        {
            throw NoProfile($"has {profile.Length} bytes, but its header alone takes {HeaderBytes}");
        }

        if (!profile.AsSpan(SignatureOffset).StartsWith("acsp"u8))
        {
            throw NoProfile($"lacks the signature 'acsp' at its byte {SignatureOffset}");
        }

        // A grey file often carries the RGB profile of the program that made it; its curve fits grey as well.
        bool grey = picture.Layout.ColourChannels() == 1;
        ReadOnlySpan<byte> space = profile.AsSpan(SpaceOffset, 4);
        if (!space.SequenceEqual("RGB "u8) && !(grey && space.SequenceEqual("GRAY"u8)))
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"{format}: the ICC profile ({place}) is for samples of the colour space '{Printable(space)}', but the picture is {(grey ? "grey" : "RGB")}, so its colours cannot be told. "
                + $"If it looks wrong, convert it to sRGB, for example: magick in.{extension} -profile sRGB.icc out.png; if it looks right, the profile is not its own: {strip}");
        }

        VaeFormatException NoProfile(string what) => new(
            VaeError.InvalidField, $"{format}: the ICC profile ({place}) {what}, so it is none. It is damaged; {strip}");
    }

    private static string Printable(ReadOnlySpan<byte> space) =>
        new([.. Encoding.Latin1.GetString(space).TrimEnd().Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?')]);
}
