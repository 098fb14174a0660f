using System.Text;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.4: the payload of 'H', with all that a reader must reject.</summary>
internal static class HeaderParser
{
    private const int SampleFileFlag = 1;
    private const int TilesChooseFlag = 2;

    /// <summary>The rules from which on there are maxError and maxAlphaError, layouts with alpha, and other bit depths than 8.</summary>
    private const int FirstWithBounds = 4;
    private const int BoundsLength = 4;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Header Parse(Section section, int rules, Limits limits)
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
        int tail = rules >= FirstWithBounds ? BoundsLength : 0;
        RequireField(nameLength is >= 1 and <= 64 && nameLength + tail == fields.Remaining, $"nameLength {nameLength}");
        byte[] name = fields.Bytes(nameLength);
        int maxError = tail > 0 ? fields.U16() : 0;
        int maxAlphaError = tail > 0 ? fields.U16() : 0;

        RequireField(width is >= 1 and <= int.MaxValue, $"width {width}");
        RequireField(height is >= 1 and <= int.MaxValue, $"height {height}");
        DecodingException.Require(layout <= (rules >= FirstWithBounds ? 3 : 1), FailureKind.UnsupportedFeature, $"layout {layout}");
        DecodingException.Require(bitDepth >= 8 && bitDepth <= (rules >= FirstWithBounds ? 16 : 8), FailureKind.UnsupportedFeature, $"bitDepth {bitDepth}");
        RequireField(quality is >= 1 and <= 100, $"quality {quality}");
        RequireField(tileUnits is >= 4 and <= 64, $"tileUnits {tileUnits}");
        DecodingException.Require((requiredFlags & ~KnownFlags(rules)) == 0, FailureKind.UnsupportedFeature, $"requiredFlags {requiredFlags:X2}");
        RequireField(colour[3] <= 1, $"range {colour[3]}");

        Header header = new()
        {
            Rules = rules,
            Width = (int)width,
            Height = (int)height,
            Colours = layout % 2 == 0 ? 1 : 3,
            HasAlpha = layout >= 2,
            BitDepth = bitDepth,
            Quality = quality,
            TileUnits = tileUnits,
            SampleFile = (requiredFlags & SampleFileFlag) != 0,
            TilesChoose = (requiredFlags & TilesChooseFlag) != 0,
            Colour = colour,
            ModelIdentity = Convert.ToHexStringLower(identity),
            ModelName = ParseName(name),
            MaxError = maxError,
            MaxAlphaError = maxAlphaError,
        };
        RequireTiles(header);
        RequireSampleFile(header);
        RequireBounds(header);
        RequireLimits(header, limits);
        return header;
    }

    /// <summary>The required flags that there are.</summary>
    private static int KnownFlags(int rules) => rules switch
    {
        1 => 0,
        2 => SampleFileFlag,
        _ => SampleFileFlag | TilesChooseFlag,
    };

    private static void RequireField(bool holds, string broken) => DecodingException.Require(holds, FailureKind.InvalidField, $"The header: {broken}.");

    private static void RequireTiles(Header header)
    {
        RequireField(header.Columns <= 65535, $"{header.Columns} columns of tiles");
        RequireField(header.Rows <= 65535, $"{header.Rows} rows of tiles");
        RequireField(header.Tiles <= 1 << 24, $"{header.Tiles} tiles");
    }

    private static void RequireSampleFile(Header header)
    {
        if (header.SampleFile)
        {
            RequireField(header.Quality == 100, $"quality {header.Quality} in a sample file");
            RequireField(header.ModelIdentity == new string('0', 64), "a model in a sample file");
            RequireField(header.ModelName == "lossless", $"the model's name {header.ModelName} in a sample file");
        }
    }

    private static void RequireBounds(Header header)
    {
        int most = (1 << (header.BitDepth - 1)) - 1;
        RequireField(header.MaxError <= (header.SampleFile ? most : 0), $"maxError {header.MaxError}");
        RequireField(header.MaxAlphaError <= (header.HasAlpha ? most : 0), $"maxAlphaError {header.MaxAlphaError}");
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
