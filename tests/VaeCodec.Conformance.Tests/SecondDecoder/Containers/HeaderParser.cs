using System.Text;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.4: the payload of 'H', with all that a reader must reject.</summary>
internal static class HeaderParser
{
    private const int LosslessFlag = 1;
    private const int TilesChooseFlag = 2;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Header Parse(Section section, int minor, Limits limits)
    {
        ByteReader fields = section.Fields();
        uint width = fields.U32();
        uint height = fields.U32();
        int layout = fields.U8();
        int bitDepth = fields.U8();
        int quality = fields.U8();
        int tileUnits = fields.U8();
        int requiredFlags = fields.U8();
        fields.U8(); // optionalFlags, ignored
        byte[] colour = fields.Bytes(4);
        byte[] identity = fields.Bytes(32);
        int nameLength = fields.U8();
        byte[] name = fields.Rest();

        RequireField(width is >= 1 and <= int.MaxValue, $"width {width}");
        RequireField(height is >= 1 and <= int.MaxValue, $"height {height}");
        DecodingException.Require(layout is 0 or 1, FailureKind.UnsupportedFeature, $"layout {layout}");
        DecodingException.Require(bitDepth == 8, FailureKind.UnsupportedFeature, $"bitDepth {bitDepth}");
        RequireField(quality is >= 1 and <= 100, $"quality {quality}");
        RequireField(tileUnits is >= 4 and <= 64, $"tileUnits {tileUnits}");
        DecodingException.Require((requiredFlags & ~KnownFlags(minor)) == 0, FailureKind.UnsupportedFeature, $"requiredFlags {requiredFlags:X2}");
        RequireField(colour[3] <= 1, $"range {colour[3]}");
        RequireField(nameLength is >= 1 and <= 64 && nameLength == name.Length, $"nameLength {nameLength}");

        Header header = new()
        {
            Width = (int)width,
            Height = (int)height,
            Channels = layout == 0 ? 1 : 3,
            BitDepth = bitDepth,
            Quality = quality,
            TileUnits = tileUnits,
            Lossless = (requiredFlags & LosslessFlag) != 0,
            TilesChoose = (requiredFlags & TilesChooseFlag) != 0,
            Colour = colour,
            ModelIdentity = Convert.ToHexStringLower(identity),
            ModelName = ParseName(name),
        };
        RequireTiles(header);
        RequireLossless(header);
        RequireLimits(header, limits);
        return header;
    }

    /// <summary>The required flags that a minor version has.</summary>
    private static int KnownFlags(int minor) => minor switch
    {
        1 => 0,
        2 => LosslessFlag,
        _ => LosslessFlag | TilesChooseFlag,
    };

    private static void RequireField(bool holds, string broken) => DecodingException.Require(holds, FailureKind.InvalidField, $"The header: {broken}.");

    private static void RequireTiles(Header header)
    {
        RequireField(header.Columns <= 65535, $"{header.Columns} columns of tiles");
        RequireField(header.Rows <= 65535, $"{header.Rows} rows of tiles");
        RequireField(header.Tiles <= 1 << 24, $"{header.Tiles} tiles");
    }

    private static void RequireLossless(Header header)
    {
        if (header.Lossless)
        {
            RequireField(header.Quality == 100, $"quality {header.Quality} in a lossless file");
            RequireField(header.ModelIdentity == new string('0', 64), "a model in a lossless file");
            RequireField(header.ModelName == "lossless", $"the model's name {header.ModelName} in a lossless file");
        }
    }

    private static void RequireLimits(Header header, Limits limits)
    {
        bool within = header.Width <= limits.Side && header.Height <= limits.Side && (long)header.Width * header.Height <= limits.Pixels;
        DecodingException.Require(within, FailureKind.LimitExceeded, $"A picture of {header.Width} x {header.Height} pixels.");
    }

    private static string ParseName(byte[] bytes)
    {
        try
        {
            string name = s_strictUtf8.GetString(bytes);
            RequireField(!name.Any(IsForbidden), "a forbidden character in the model's name");
            return name;
        }
        catch (DecoderFallbackException)
        {
            throw new DecodingException(FailureKind.InvalidField, "The header: the model's name is no UTF-8.");
        }
    }

    private static bool IsForbidden(char character) => (int)character
        is <= 0x1F
        or (>= 0x7F and <= 0x9F)
        or 0x61C
        or (>= 0x200B and <= 0x200F)
        or (>= 0x2028 and <= 0x202E)
        or (>= 0x2060 and <= 0x206F)
        or 0xFEFF
        or 0xFFFD;
}
