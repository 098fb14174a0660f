using System.Globalization;
using System.Text;

namespace VaeCodec.Tool;

/// <summary>The output of vaecodec info, for people and for programs.</summary>
internal static class InfoText
{
    public static string FileText(string name, VaeImageInfo info, long? fileBytes)
    {
        PictureDescription picture = info.Picture;
        ColourCodePoints colour = picture.Colour;
        PictureMetadata metadata = picture.Metadata;
        var text = new StringBuilder();
        text.AppendLine(name);
        Line(text, "size", $"{picture.Width} x {picture.Height}, {LayoutForPeople(picture.Layout)}");
        Line(text, "format", $".vae {info.MajorVersion}.{info.MinorVersion}");
        Line(text, "quality", $"{(info.IsLossless ? "lossless" : info.Quality)}");
        Line(text, "tiles", $"{info.TileColumns} x {info.TileRows} of {info.TileSize} px");
        Line(text, "model", $"{(info.IsLossless ? "none" : $"{info.ModelName} {info.ModelIdentity}")}");
        Line(text, "colour", $"{(colour == ColourCodePoints.Srgb ? "sRGB, " : "")}CICP {colour.Primaries}/{colour.Transfer}/{colour.Matrix}, {(colour.FullRange ? "full" : "limited")} range");
        Line(text, "metadata", $"ICC {SizeOrNone(metadata.IccProfile)}, EXIF {SizeOrNone(metadata.Exif)}, XMP {SizeOrNone(metadata.Xmp)}");
        if (fileBytes is { } bytes)
        {
            Line(text, "file", $"{bytes} bytes, {BitsPerPixel(picture, bytes):0.000} bits per pixel");
        }

        return text.ToString().TrimEnd();
    }

    public static string FileJson(string name, VaeImageInfo info, long? fileBytes) => JsonLine.Write(writer =>
    {
        PictureDescription picture = info.Picture;
        writer.WriteString("file", name);
        writer.WriteString("format_version", string.Create(CultureInfo.InvariantCulture, $"{info.MajorVersion}.{info.MinorVersion}"));
        writer.WriteNumber("width", picture.Width);
        writer.WriteNumber("height", picture.Height);
        writer.WriteString("layout", LayoutForPrograms(picture.Layout));
        writer.WriteNumber("channels", picture.Layout.Channels());
        writer.WriteBoolean("lossless", info.IsLossless);
        writer.WriteNumber("quality", info.Quality);
        writer.WriteNumber("tile_size", info.TileSize);
        writer.WriteNumber("tile_columns", info.TileColumns);
        writer.WriteNumber("tile_rows", info.TileRows);
        writer.WriteString("model_name", info.ModelName);
        writer.WriteString("model_identity", info.ModelIdentity);
        writer.WriteStartObject("colour");
        writer.WriteNumber("primaries", picture.Colour.Primaries);
        writer.WriteNumber("transfer", picture.Colour.Transfer);
        writer.WriteNumber("matrix", picture.Colour.Matrix);
        writer.WriteBoolean("full_range", picture.Colour.FullRange);
        writer.WriteEndObject();
        writer.WriteNumber("icc_bytes", picture.Metadata.IccProfile?.Length ?? 0);
        writer.WriteNumber("exif_bytes", picture.Metadata.Exif?.Length ?? 0);
        writer.WriteNumber("xmp_bytes", picture.Metadata.Xmp?.Length ?? 0);
        if (fileBytes is { } bytes)
        {
            writer.WriteNumber("file_bytes", bytes);
            writer.WriteNumber("bits_per_pixel", Math.Round(BitsPerPixel(picture, bytes), 6));
        }
        else
        {
            writer.WriteNull("file_bytes");
            writer.WriteNull("bits_per_pixel");
        }
    });

    public static string CpuText()
    {
        var text = new StringBuilder();
        Line(text, "cpu path", $"{VaeCpu.Path}");
        Line(text, "cpu", $"{VaeCpu.Description}");
        Line(text, "processors", $"{Environment.ProcessorCount}");
        return text.ToString().TrimEnd();
    }

    public static string CpuJson() => JsonLine.Write(writer =>
    {
        writer.WriteString("cpu_path", VaeCpu.Path);
        writer.WriteString("cpu_description", VaeCpu.Description);
        writer.WriteNumber("processor_count", Environment.ProcessorCount);
    });

    private static void Line(StringBuilder text, string label, FormattableString value)
        => text.Append("  ").Append(label.PadRight(11)).AppendLine(FormattableString.Invariant(value));

    public static string LayoutForPrograms(PixelLayout layout) => layout switch
    {
        PixelLayout.Gray8 => "gray8",
        PixelLayout.Rgb24 => "rgb24",
        _ => layout.ToString().ToLowerInvariant(),
    };

    private static string LayoutForPeople(PixelLayout layout) => layout switch
    {
        PixelLayout.Gray8 => "grey, 8 bits",
        PixelLayout.Rgb24 => "RGB, 8 bits a channel",
        _ => layout.ToString(),
    };

    private static string SizeOrNone(byte[]? data) => data is null ? "none" : ByteSize.Format(data.Length);

    private static double BitsPerPixel(PictureDescription picture, long bytes) => 8.0 * bytes / ((double)picture.Width * picture.Height);
}
