using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Published;

/// <summary>A point of a published curve: means over a set of pictures that somebody else measured.</summary>
/// <param name="BitsPerPixel">Bits per pixel.</param>
/// <param name="Psnr">PSNR over the three channels of RGB, in dB.</param>
/// <param name="MsSsim">MS-SSIM as it is, from 0 to 1; null where it was not published.</param>
internal sealed record PublishedPoint(
    [property: JsonPropertyName("bpp"), JsonRequired] double BitsPerPixel,
    [property: JsonPropertyName("psnr"), JsonRequired] double Psnr,
    [property: JsonPropertyName("msssim")] double? MsSsim);
