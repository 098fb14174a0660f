using System.Text;

namespace VaeCodec.ImageSharp;

/// <summary>
/// Refuses ICC profiles that cannot be meant for a picture's samples (ICC.1:2022, 7.2), as VaeCodec.Imaging does for PNG and JPEG. ImageSharp makes RGB of CMYK and leaves the profile as it
/// was; carried along, that would make every program that obeys it show wrong colours.
/// </summary>
internal static class ColourProfileCheck
{
    private const int HeaderBytes = 128;
    private const int SpaceOffset = 16;
    private const int SignatureOffset = 36;
    private const string Removal = "remove it (image.Metadata.IccProfile = null; from a file: magick IN +profile icc out.png)";

    /// <summary>Checks the profile of a picture, where it has one.</summary>
    /// <exception cref="VaeFormatException">The bytes are no ICC profile.</exception>
    /// <exception cref="VaeUnsupportedException">The profile describes samples of another kind.</exception>
    public static void Require(PictureDescription picture)
    {
        if (picture.Metadata.IccProfile is not { } profile)
        {
            return;
        }

        if (profile.Length < HeaderBytes)
        {
            throw NoProfile($"has {profile.Length} bytes, but its header alone takes {HeaderBytes}");
        }

        if (!profile.AsSpan(SignatureOffset).StartsWith("acsp"u8))
        {
            throw NoProfile($"lacks the signature 'acsp' at its byte {SignatureOffset}");
        }

        // A grey picture often carries the RGB profile of the program that made it; its curve fits grey as well.
        bool isGrey = picture.Layout.ColourChannels() == 1;
        ReadOnlySpan<byte> space = profile.AsSpan(SpaceOffset, 4);
        bool isForGrey = space.SequenceEqual("GRAY"u8);
        if (space.SequenceEqual("RGB "u8) || (isGrey && isForGrey))
        {
            return;
        }

        // Decoders of ImageSharp make RGB of grey files as well, which keep their profiles.
        string grey = isForGrey ? " If the picture is grey, take its pixels as grey (image.CloneAs<L8>())." : "";
        throw new VaeUnsupportedException(
            VaeError.UnsupportedFeature,
            $"The picture's ICC profile is for samples of the colour space '{Printable(space)}', but its pixels are {(isGrey ? "grey" : "RGB")}, so its colours cannot be told.{grey} "
            + $"If the picture looks right without the profile, {Removal}; if not, convert it to sRGB before it is loaded, for example: magick IN -profile sRGB.icc out.png");
    }

    private static VaeFormatException NoProfile(string what)
        => new(VaeError.InvalidField, $"The picture's ICC profile {what}, so it is none. It is damaged; {Removal}.");

    private static string Printable(ReadOnlySpan<byte> space) =>
        new([.. Encoding.Latin1.GetString(space).TrimEnd().Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?')]);
}
