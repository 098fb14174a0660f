using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace VaeCodec.Format;

/// <summary>The payload of the header section (spec/vae-format.md, "Header").</summary>
internal static class HeaderPayload
{
    /// <summary>Bytes of the largest payload.</summary>
    public const int MaxSize = NameOffset + MaxNameBytes + BoundsSize;

    private const byte LosslessFlag = 1;
    private const byte MixedFlag = 2;
    private const int NameOffset = 51;
    private const int MaxNameBytes = 64;
    private const int LeastDepth = 8;
    private const int MostDepth = 16;
    private const int WideBit = 16;

    /// <summary>The bounds of the errors of colour and of alpha follow the name, but in versions 0.1 to 0.3.</summary>
    private const int BoundsSize = 4;
    private const int TileUnit = 64;
    private const int MinTileUnits = 4;
    private const int MaxTileUnits = 64;

    /// <summary>Bytes of the smallest payload of a version.</summary>
    public static int MinSizeOf(FormatVersion version) => NameOffset + 1 + BoundsSizeOf(version);

    /// <summary>Bytes of the largest payload of a version.</summary>
    public static int MaxSizeOf(FormatVersion version) => NameOffset + MaxNameBytes + BoundsSizeOf(version);

    /// <summary>Checks a payload whose CRC is right, within <see cref="MinSizeOf"/> and <see cref="MaxSizeOf"/>.</summary>
    public static ContainerHeader Read(ReadOnlySpan<byte> payload, FormatVersion version, ContainerLimits limits, string where)
    {
        uint width = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        uint height = BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw Invalid(where, $"the size {width} x {height} is not within 1..{int.MaxValue}");
        }

        limits.CheckPicture(width, height);
        RejectUnknown(payload, version, where);
        int bounds = BoundsSizeOf(version);
        ContainerHeader header = new()
        {
            Version = version,
            Lossless = (payload[12] & LosslessFlag) != 0,
            MixedTiles = (payload[12] & MixedFlag) != 0,
            Width = (int)width,
            Height = (int)height,
            Layout = (PixelLayout)(payload[8] | (payload[9] > LeastDepth ? WideBit : 0)),
            BitDepth = payload[9],
            Quality = payload[10],
            TileSize = payload[11] * TileUnit,
            Colour = new ColourCodePoints(payload[14], payload[15], payload[16], payload[17] == 1),
            ModelIdentity = new Sha256Identity(payload.Slice(18, Sha256Identity.Size)),
            ModelName = ReadName(payload[..^bounds], where),
            MaxError = bounds > 0 ? BinaryPrimitives.ReadUInt16LittleEndian(payload[^4..]) : 0,
            MaxAlphaError = bounds > 0 ? BinaryPrimitives.ReadUInt16LittleEndian(payload[^2..]) : 0,
        };
        if (payload[17] > 1)
        {
            throw Invalid(where, $"the range flag is {payload[17]}, not 0 or 1");
        }

        return FindFault(header) is { } fault ? throw Invalid(where, fault) : header;
    }

    /// <summary>Writes the payload.</summary>
    /// <exception cref="ArgumentException">The header could not be read back.</exception>
    public static int Write(ContainerHeader header, Span<byte> destination)
    {
        if (FindFault(header) is { } fault)
        {
            throw new ArgumentException($"The header is not valid: {fault}.", nameof(header));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)header.Width);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], (uint)header.Height);
        destination[8] = (byte)((byte)header.Layout & ~WideBit);
        destination[9] = (byte)header.BitDepth;
        destination[10] = (byte)header.Quality;
        destination[11] = (byte)(header.TileSize / TileUnit);
        destination[12] = (byte)((header.Lossless ? LosslessFlag : 0) | (header.MixedTiles ? MixedFlag : 0));
        destination[13] = 0;
        destination[14] = header.Colour.Primaries;
        destination[15] = header.Colour.Transfer;
        destination[16] = header.Colour.Matrix;
        destination[17] = header.Colour.FullRange ? (byte)1 : (byte)0;
        header.ModelIdentity.CopyTo(destination[18..]);
        int nameLength = Encoding.UTF8.GetBytes(header.ModelName, destination[NameOffset..]);
        destination[NameOffset - 1] = (byte)nameLength;
        int size = NameOffset + nameLength;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[size..], (ushort)header.MaxError);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[(size + 2)..], (ushort)header.MaxAlphaError);
        return size + BoundsSize;
    }

    private static void RejectUnknown(ReadOnlySpan<byte> payload, FormatVersion version, string where)
    {
        string? unknown = null;
        bool deep = version.HasDeepSamples;
        if (payload[8] > (byte)(deep ? PixelLayout.Rgba32 : PixelLayout.Rgb24))
        {
            unknown = $"pixel layout {payload[8]}";
        }
        else if (payload[9] < LeastDepth || payload[9] > (deep ? MostDepth : LeastDepth))
        {
            unknown = $"a bit depth of {payload[9]}";
        }
        else if ((payload[12] & ~KnownFlags(version)) != 0)
        {
            unknown = $"required features 0x{payload[12]:X2}";
        }

        if (unknown is not null)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"The {where} asks for {unknown}, which this version does not know. Use a newer VaeCodec.");
        }
    }

    private static int BoundsSizeOf(FormatVersion version) => version.HasDeepSamples ? BoundsSize : 0;

    private static int KnownFlags(FormatVersion version)
        => (version.HasSampleFiles ? LosslessFlag : 0) | (version.HasMixedTiles ? MixedFlag : 0);

    private static string ReadName(ReadOnlySpan<byte> payload, string where)
    {
        ReadOnlySpan<byte> name = payload[NameOffset..];
        if (payload[NameOffset - 1] != name.Length)
        {
            throw Invalid(where, $"the model name takes {payload[NameOffset - 1]} bytes where {name.Length} are left");
        }

        return Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : throw Invalid(where, "the model name is not valid UTF-8");
    }

    /// <summary>What reading and writing both demand of a header; null when it is sound.</summary>
    private static string? FindFault(ContainerHeader header)
    {
        if (header.Width < 1 || header.Height < 1)
        {
            return $"the size {header.Width} x {header.Height} is not positive";
        }

        if (!header.Layout.IsKnown())
        {
            return $"the pixel layout {(byte)header.Layout} is unknown";
        }

        if (header.Layout.BytesPerSample() == 1 ? header.BitDepth != LeastDepth : header.BitDepth is <= LeastDepth or > MostDepth)
        {
            return $"samples of {header.BitDepth} bits do not go with the layout {header.Layout}";
        }

        if (header.Quality is < 1 or > 100)
        {
            return $"the quality {header.Quality} is not within 1..100";
        }

        if (header.TileSize % TileUnit != 0 || header.TileSize / TileUnit is < MinTileUnits or > MaxTileUnits)
        {
            return $"the tile size {header.TileSize} is not a multiple of {TileUnit} within {MinTileUnits * TileUnit}..{MaxTileUnits * TileUnit}";
        }

        if (header.TileColumns > ContainerHeader.MaxTilesAlong || header.TileRows > ContainerHeader.MaxTilesAlong || (long)header.TileColumns * header.TileRows > ContainerHeader.MaxTiles)
        {
            return $"{header.TileColumns} x {header.TileRows} tiles are more than {ContainerHeader.MaxTilesAlong} along a side or {ContainerHeader.MaxTiles} in all; use larger tiles";
        }

        if (header.Lossless && (header.Quality != ContainerHeader.LosslessQuality || header.ModelIdentity != default || header.ModelName != ContainerHeader.LosslessName))
        {
            return $"it is lossless, which goes with quality {ContainerHeader.LosslessQuality}, a model identity of zeros and the name \"{ContainerHeader.LosslessName}\"";
        }

        return FindBoundFault(header) ?? FindNameFault(header.ModelName);
    }

    private static string? FindBoundFault(ContainerHeader header)
    {
        int most = (1 << (header.BitDepth - 1)) - 1;
        if (header.MaxError < 0 || header.MaxError > most || header.MaxAlphaError < 0 || header.MaxAlphaError > most)
        {
            return $"the bounds of errors {header.MaxError} and {header.MaxAlphaError} are not within 0..{most}";
        }

        if (header.MaxError > 0 && !header.Lossless)
        {
            return $"it bounds the error of samples by {header.MaxError}, which is for files without a model";
        }

        if (header.HasDigest && (!header.Lossless || header.MaxError > 0 || header.MaxAlphaError > 0))
        {
            return "it announces a digest of its samples, which is for files that keep every sample";
        }

        return header.MaxAlphaError > 0 && !header.Layout.HasAlpha() ? $"it bounds the error of alpha by {header.MaxAlphaError}, and the picture has none" : null;
    }

    private static string? FindNameFault(string name)
    {
        // Unpaired surrogates have no UTF-8 form; replacing them silently would change the name.
        int length = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (IsForbidden(rune.Value))
            {
                return $"the model name holds the character U+{rune.Value:X4}, which is not allowed in a name";
            }

            length = checked(length + rune.Utf8SequenceLength);
        }

        if (length is < 1 or > MaxNameBytes)
        {
            return $"the model name takes {length} bytes of UTF-8, not 1..{MaxNameBytes}";
        }

        return null;
    }

    /// <summary>Control characters, line separators, marks that reorder text, and the replacement character.</summary>
    private static bool IsForbidden(int value) => value
        is < 0x20
        or (>= 0x7F and <= 0x9F)
        or 0x061C
        or (>= 0x200B and <= 0x200F)
        or (>= 0x2028 and <= 0x202E)
        or (>= 0x2060 and <= 0x206F)
        or 0xFEFF
        or 0xFFFD;

    private static VaeFormatException Invalid(string where, string what)
        => new(VaeError.InvalidField, $"The {where} is not valid: {what}. The file was written wrongly or tampered with.");
}
