using System.Text;

namespace VaeCodec;

/// <summary>What the header of an ICC profile says of the samples that it is meant for (ICC.1:2022, 7.2). No more of it is looked at.</summary>
internal static class ColourProfileHeader
{
    private const int Bytes = 128;
    private const int SpaceOffset = 16;
    private const int SignatureOffset = 36;

    /// <summary>What shows that bytes are no profile, as what "the profile" does; null where nothing does.</summary>
    public static string? Damage(ReadOnlySpan<byte> profile)
        => profile.Length < Bytes ? $"has {profile.Length} bytes, but its header alone takes {Bytes}"
            : !profile[SignatureOffset..].StartsWith("acsp"u8) ? $"lacks the signature 'acsp' at its byte {SignatureOffset}"
            : null;

    /// <summary>Whether a profile is for RGB.</summary>
    public static bool IsRgb(ReadOnlySpan<byte> profile) => profile.Length >= Bytes && profile.Slice(SpaceOffset, 4).SequenceEqual("RGB "u8);

    /// <summary>The layout as which a PNG holds a picture: grey with a profile for colour as colour, because readers discard such a profile of a grey file.</summary>
    public static PixelLayout PngLayout(PictureDescription picture) => !IsRgb(picture.Metadata.IccProfile) ? picture.Layout : picture.Layout switch
    {
        PixelLayout.Gray8 => PixelLayout.Rgb24,
        PixelLayout.GrayAlpha16 => PixelLayout.Rgba32,
        PixelLayout.Gray16 => PixelLayout.Rgb48,
        PixelLayout.GrayAlpha32 => PixelLayout.Rgba64,
        var colour => colour,
    };

    /// <summary>The colour space of samples that a sound profile is for, where it does not fit a picture; null where it does.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="grey">Whether the picture is grey: it often carries the RGB profile of the program that made it, whose curve fits grey as well.</param>
    public static string? ForeignSpace(ReadOnlySpan<byte> profile, bool grey)
    {
        ReadOnlySpan<byte> space = profile.Slice(SpaceOffset, 4);
        return IsRgb(profile) || (grey && space.SequenceEqual("GRAY"u8))
            ? null
            : new([.. Encoding.Latin1.GetString(space).TrimEnd().Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?')]);
    }
}
