using System.Globalization;
using System.Text;
using System.Text.Json;

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
        Line(text, "size", $"{picture.Width} x {picture.Height}, {LayoutText.ForPeople(picture)}");
        Line(text, "format", $".vae {info.MajorVersion}.{info.MinorVersion}");
        Line(text, "quality", $"{Quality(info)}");
        if (picture.Layout.HasAlpha())
        {
            Line(text, "alpha", $"{(info.MaxAlphaError == 0 ? "exact" : $"error at most {info.MaxAlphaError}")}");
        }

        Line(text, "tiles", $"{info.TileColumns} x {info.TileRows} of {info.TileSize} px");
        Line(text, "model", $"{(info.HasNetworks ? $"{info.ModelName} {info.ModelIdentity}" : "none")}");
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
        writer.WriteString("layout", LayoutText.ForPrograms(picture.Layout));
        writer.WriteNumber("channels", picture.Layout.Channels());
        writer.WriteBoolean("alpha", picture.Layout.HasAlpha());
        writer.WriteNumber("bit_depth", picture.BitDepth);
        writer.WriteBoolean("lossless", info.IsLossless);
        WriteMaxError(writer, info);
        writer.WriteNumber("max_alpha_error", info.MaxAlphaError);
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

    private static string Quality(VaeImageInfo info) => info switch
    {
        { HasNetworks: true } => info.Quality.ToString(CultureInfo.InvariantCulture),
        { MaxError: > 0 } => string.Create(CultureInfo.InvariantCulture, $"near-lossless, error at most {info.MaxError}"),
        _ => "lossless",
    };

    // Of networks no bound is known, and 0 would say that they are exact.
    private static void WriteMaxError(Utf8JsonWriter writer, VaeImageInfo info)
    {
        if (info.HasNetworks)
        {
            writer.WriteNull("max_error");
        }
        else
        {
            writer.WriteNumber("max_error", info.MaxError);
        }
    }

    private static string SizeOrNone(byte[]? data) => data is null ? "none" : ByteSize.Format(data.Length);

    private static double BitsPerPixel(PictureDescription picture, long bytes) => 8.0 * bytes / ((double)picture.Width * picture.Height);
}
