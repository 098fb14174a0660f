using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>The format of a picture that is to be written.</summary>
/// <param name="BuiltIn">One of VaeCodec.Imaging's; null where it is a foreign one, which the extension tells.</param>
/// <param name="Extension">The extension of its files, with the dot.</param>
internal sealed record OutputFormat(PictureFormat? BuiltIn, string Extension)
{
    /// <summary>Names of all formats that are written, for people.</summary>
    public static string Names => PictureFiles.Foreign is { } foreign ? $"png, pnm, jpeg, {foreign.Names}" : "png, pnm or jpeg";

    /// <summary>PNG.</summary>
    public static OutputFormat Png { get; } = Of(PictureFormat.Png);

    /// <summary>The format that a file's name says; null for none that is written.</summary>
    public static OutputFormat? OfPath(string path)
        => PictureFormats.TryFromPath(path, out PictureFormat format) ? Of(format)
            : PictureFiles.Foreign?.IsWritten(path) == true ? new(null, Path.GetExtension(path))
            : null;

    /// <summary>The format of a name, such as png; null for none that is written.</summary>
    public static OutputFormat? OfName(string name) => name.ToLowerInvariant() switch
    {
        "pnm" => Of(PictureFormat.Pnm),
        var other when other.All(char.IsAsciiLetterOrDigit) => OfPath("x." + other),
        _ => null,
    };

    /// <summary>Whether its files hold ICC.</summary>
    public bool HoldsProfile => BuiltIn is { } format ? format != PictureFormat.Pnm : PictureFiles.Foreign!.HoldsProfile("x" + Extension);

    /// <summary>Whether its files hold EXIF.</summary>
    public bool HoldsExif => BuiltIn is { } format ? format != PictureFormat.Pnm : PictureFiles.Foreign!.HoldsExif("x" + Extension);

    /// <summary>Whether its files hold code points (CICP).</summary>
    public bool HoldsCodePoints => BuiltIn is { } format ? format == PictureFormat.Png : PictureFiles.Foreign!.HoldsCodePoints("x" + Extension);

    /// <summary>Makes a sink that writes a picture.</summary>
    /// <param name="output">Where it goes; left open.</param>
    /// <param name="options">How it is written.</param>
    public IRowSink CreateWriter(Stream output, PictureWriterOptions options)
        => BuiltIn is { } format ? PictureWriter.Create(output, format, options) : PictureFiles.Foreign!.CreateWriter(output, "x" + Extension, options);

    private static OutputFormat Of(PictureFormat format) => new(format, PictureFormats.FileExtension(format));
}
