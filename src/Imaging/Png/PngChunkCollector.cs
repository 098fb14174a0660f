namespace VaeCodec.Imaging.Png;

/// <summary>Gathers what the chunks around the pixels say, and enforces their order and number (PNG third edition, 5.6).</summary>
internal sealed class PngChunkCollector(PngHeader header, VaeLimits limits, bool ignoreProfile)
{
    private readonly HashSet<uint> _seen = [];
    private byte[]? _icc;
    private PixelDensity? _density;
    private byte[]? _exif;
    private byte[]? _xmp;
    private readonly PngColourSpace _space = new();
    private ColourCodePoints _colour = ColourCodePoints.Srgb;

    /// <summary>The payload of PLTE, once seen.</summary>
    internal byte[]? Palette { get; private set; }

    /// <summary>The payload of tRNS, once seen.</summary>
    internal byte[]? Transparency { get; private set; }

    /// <summary>Where the colour profile stands, for messages.</summary>
    internal string ProfilePlace { get; private set; } = string.Empty;

    internal ColourCodePoints Colour => _colour;

    /// <summary>What goes along with the picture. Of several descriptions of its colours the most exact counts: cICP, iCCP, sRGB, then gAMA and cHRM (PNG third edition, 4.3).</summary>
    /// <param name="isGrey">Whether the samples are grey.</param>
    internal PictureMetadata Metadata(bool isGrey)
    {
        bool isDescribed = _icc is not null || _seen.Contains(PngChunkType.Srgb) || _seen.Contains(PngChunkType.Cicp);
        byte[]? icc = isDescribed ? _icc : _space.Profile(isGrey);

        // sRGB by code points is what a picture is without any; a profile that they outrank would be all that is left of the two.
        icc = _seen.Contains(PngChunkType.Cicp) && _colour == ColourCodePoints.Srgb ? null : icc;
        byte[]? exif = ExifData.With(_exif, _density);
        return icc is null && exif is null && _xmp is null ? PictureMetadata.None : new PictureMetadata { IccProfile = icc, Exif = exif, Xmp = _xmp };
    }

    /// <summary>Takes in a chunk that stands before the pixels.</summary>
    internal async ValueTask TakeBeforePixelsAsync(PngChunkReader chunk, CancellationToken ct)
    {
        switch (chunk.Type)
        {
            case PngChunkType.Plte:
                RequireFirst(chunk);
                byte[] palette = await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false);
                RequireBeforeTransparency(chunk);
                CheckPalette(palette, chunk.Place);
                Palette = palette;
                break;
            case PngChunkType.Trns:
                RequireFirst(chunk);
                byte[] transparency = await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false);
                CheckTransparency(transparency, chunk);
                Transparency = transparency;
                break;
            case PngChunkType.Actl:
                await chunk.EndAsync(ct).ConfigureAwait(false);
                throw PngRefusals.Animated(chunk.Offset);
            case PngChunkType.Iccp:
                RequireBeforePalette(chunk);
                if (ignoreProfile)
                {
                    await chunk.EndAsync(ct).ConfigureAwait(false);
                    break;
                }

                byte[] profile = await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false);
                _icc = PngMetadataParser.IccProfile(profile, chunk.Place, Math.Min(limits.MaxIccProfileBytes, limits.MaxMetadataBytes));
                ProfilePlace = chunk.Place;
                break;
            case PngChunkType.Srgb:
                RequireBeforePalette(chunk);
                PngMetadataParser.Srgb(await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false), chunk.Place);
                break;
            case PngChunkType.Cicp:
                RequireBeforePalette(chunk);
                byte[] points = await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false);
                _colour = PngMetadataParser.Cicp(points, chunk.Place);
                break;
            case PngChunkType.Gama when chunk.Length == PngColourSpace.GammaBytes:
                _space.TakeGamma(await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false));
                break;
            case PngChunkType.Chrm when chunk.Length == PngColourSpace.ChromaticityBytes:
                _space.TakeChromaticities(await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false));
                break;
            case PngChunkType.Phys when chunk.Length == PngPixelDensity.Bytes:
                _density ??= PngPixelDensity.Read(await chunk.ReadAllAsync(PngPixelDensity.Bytes, ct).ConfigureAwait(false));
                break;
            case PngChunkType.Exif or PngChunkType.Itxt:
                await TakeTextOrExifAsync(chunk, ct).ConfigureAwait(false);
                break;
            default:
                await PassAsync(chunk, ct).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Takes in eXIf or XMP, which may stand before or after the pixels.</summary>
    internal async ValueTask TakeTextOrExifAsync(PngChunkReader chunk, CancellationToken ct)
    {
        if (chunk.Type == PngChunkType.Exif)
        {
            RequireFirst(chunk);
            byte[] exif = await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false);
            _exif = PngMetadataParser.Exif(exif, chunk.Place);
            return;
        }

        if (!await IsXmpAsync(chunk, ct).ConfigureAwait(false))
        {
            await chunk.EndAsync(ct).ConfigureAwait(false);
            return;
        }

        if (_xmp is not null)
        {
            throw Order(chunk, "is a second XMP packet; there may be one");
        }

        byte[] text = await chunk.ReadAllAsync(limits.MaxMetadataBytes, ct).ConfigureAwait(false);
        _xmp = PngMetadataParser.Xmp(text, chunk.Place, limits.MaxMetadataBytes);
    }

    /// <summary>Verifies a chunk that stands after the pixels. What it says comes too late to be used.</summary>
    /// <returns>Whether it is EXIF or XMP.</returns>
    internal static async ValueTask<bool> VerifyAfterPixelsAsync(PngChunkReader chunk, CancellationToken ct)
    {
        if (chunk.Type is PngChunkType.Ihdr or PngChunkType.Plte or PngChunkType.Idat or PngChunkType.Trns
            or PngChunkType.Iccp or PngChunkType.Srgb or PngChunkType.Cicp or PngChunkType.Actl)
        {
            throw Order(chunk, "comes after the pixels, where it may not stand");
        }

        bool isMetadata = chunk.Type == PngChunkType.Exif || (chunk.Type == PngChunkType.Itxt && await IsXmpAsync(chunk, ct).ConfigureAwait(false));
        await PassAsync(chunk, ct).ConfigureAwait(false);
        return isMetadata;
    }

    /// <summary>Once the pixels begin: whatever they need must have come.</summary>
    internal void RequireReady(PngChunkReader chunk)
    {
        if (header.ColourType == PngColourType.Palette && Palette is null)
        {
            throw Order(chunk, "comes before any PLTE chunk, but the pixels are palette indices");
        }
    }

    internal static VaeFormatException Order(PngChunkReader chunk, string what) =>
        new(VaeError.InvalidOrder, $"PNG: {chunk.Place} {what}. The file is damaged.");

    private static async ValueTask<bool> IsXmpAsync(PngChunkReader chunk, CancellationToken ct)
        => (await chunk.PeekAsync(PngMetadataParser.XmpKeyword.Length, ct).ConfigureAwait(false)).Span.SequenceEqual(PngMetadataParser.XmpKeyword);

    private static async ValueTask PassAsync(PngChunkReader chunk, CancellationToken ct)
    {
        if (chunk.Type == PngChunkType.Ihdr)
        {
            throw Order(chunk, "is repeated");
        }

        await chunk.EndAsync(ct).ConfigureAwait(false);
        if (PngChunkType.IsCritical(chunk.Type))
        {
            throw PngRefusals.CriticalChunk(chunk);
        }
    }

    private void RequireFirst(PngChunkReader chunk)
    {
        if (!_seen.Add(chunk.Type))
        {
            throw Order(chunk, "is repeated");
        }
    }

    private void RequireBeforePalette(PngChunkReader chunk)
    {
        RequireFirst(chunk);
        if (Palette is not null)
        {
            throw Order(chunk, "comes after PLTE, but must stand before it");
        }
    }

    private void RequireBeforeTransparency(PngChunkReader chunk)
    {
        if (Transparency is not null)
        {
            throw Order(chunk, "comes after tRNS, but must stand before it");
        }
    }

    private void CheckTransparency(byte[] transparency, PngChunkReader chunk)
    {
        if (header.HasAlpha)
        {
            throw PngMetadataParser.Invalid(chunk.Place, "names transparent colours in a picture with an alpha channel, which may have none");
        }

        if (header.ColourType != PngColourType.Palette)
        {
            int needed = header.ColourType == PngColourType.Grey ? 2 : 6;
            if (transparency.Length != needed)
            {
                throw PngMetadataParser.Invalid(chunk.Place, $"has {transparency.Length} bytes; the transparent colour of a {(needed == 2 ? "grey" : "RGB")} picture takes {needed}");
            }

            return;
        }

        int entries = Palette is null
            ? throw Order(chunk, "comes before any PLTE chunk, but gives the alpha of palette entries")
            : Palette.Length / 3;
        if (transparency.Length < 1 || transparency.Length > entries)
        {
            throw PngMetadataParser.Invalid(chunk.Place, $"has {transparency.Length} bytes; the alpha of a palette of {entries} entries takes 1 to {entries}");
        }
    }

    private void CheckPalette(byte[] palette, string place)
    {
        if (header.ColourType is PngColourType.Grey or PngColourType.GreyAlpha)
        {
            throw PngMetadataParser.Invalid(place, "is a palette in a grey picture, which may have none");
        }

        if (palette.Length is < 3 or > 768 || palette.Length % 3 != 0)
        {
            throw PngMetadataParser.Invalid(place, $"has {palette.Length} bytes; a palette has 3 to 768, a multiple of 3");
        }

        if (header.ColourType == PngColourType.Palette && palette.Length / 3 > 1 << header.BitDepth)
        {
            throw PngMetadataParser.Invalid(place, $"has {palette.Length / 3} entries, more than {header.BitDepth} bits can name");
        }
    }
}
