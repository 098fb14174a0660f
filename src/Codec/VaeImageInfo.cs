using System.IO.Pipelines;
using VaeCodec.Format;

namespace VaeCodec;

/// <summary>What a .vae file says of itself, read without decoding a pixel.</summary>
public sealed record VaeImageInfo
{
    /// <summary>Size, layout, colour and metadata of the picture.</summary>
    public required PictureDescription Picture { get; init; }

    /// <summary>Major version of the container.</summary>
    public required int MajorVersion { get; init; }

    /// <summary>Minor version of the container.</summary>
    public required int MinorVersion { get; init; }

    /// <summary>Whether every sample was kept exactly; the file then needs no model.</summary>
    public bool IsLossless => !HasNetworks && MaxError == 0 && MaxAlphaError == 0;

    /// <summary>Whether the picture was coded by networks, and the file needs their model; otherwise all tiles are samples.</summary>
    public bool HasNetworks { get; init; } = true;

    /// <summary>The largest error of a colour sample in a file without networks, in levels of the picture's depth; 0 where they are exact. Of a file with networks nothing is known, and this is 0.</summary>
    public int MaxError { get; init; }

    /// <summary>The largest error of an alpha sample, in levels; 0 where alpha is exact or there is none.</summary>
    public int MaxAlphaError { get; init; }

    /// <summary>Whether tiles of text and graphics may have been coded as samples, without the networks.</summary>
    public bool MixedTiles { get; init; }

    /// <summary>Quality, 1..100; 100 for lossless files.</summary>
    public required int Quality { get; init; }

    /// <summary>Side of a tile in pixels.</summary>
    public required int TileSize { get; init; }

    /// <summary>Tiles in a row of tiles.</summary>
    public required int TileColumns { get; init; }

    /// <summary>Rows of tiles.</summary>
    public required int TileRows { get; init; }

    /// <summary>All tiles.</summary>
    public int TileCount => checked(TileColumns * TileRows);

    /// <summary>Readable name of the model the file needs.</summary>
    public required string ModelName { get; init; }

    /// <summary>Identity of the model the file needs: 64 lower-case hexadecimal digits.</summary>
    public required string ModelIdentity { get; init; }

    /// <summary>Reads the header and the metadata, and with them the frame of the first tile: the reader is of no use to a decoder afterwards. It is not completed.</summary>
    /// <param name="input">The file.</param>
    /// <param name="limits">Limits; null is <see cref="VaeLimits.Default"/>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">Damaged, unsupported or over a limit.</exception>
    public static async ValueTask<VaeImageInfo> ReadAsync(PipeReader input, VaeLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ContainerReader container = new(input, (limits ?? VaeLimits.Default).ForContainer());
        return await ReadAsync(container, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the header and the metadata from a stream, which is left open somewhere behind them.</summary>
    /// <inheritdoc cref="ReadAsync(PipeReader, VaeLimits?, CancellationToken)"/>
    public static async ValueTask<VaeImageInfo> ReadAsync(Stream input, VaeLimits? limits = null, CancellationToken cancellationToken = default)
        => await StreamInput.ReadAsync(input, reader => ReadAsync(reader, limits, cancellationToken).AsTask()).ConfigureAwait(false);

    internal static async ValueTask<VaeImageInfo> ReadAsync(ContainerReader container, CancellationToken cancellationToken)
    {
        ContainerHeader header = await container.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        MetadataSections metadata = await container.ReadMetadataAsync(cancellationToken).ConfigureAwait(false);
        return new VaeImageInfo
        {
            Picture = new PictureDescription(header.Width, header.Height, header.Layout)
            {
                BitDepth = header.BitDepth,
                Colour = header.Colour,
                Metadata = new PictureMetadata { IccProfile = metadata.IccProfile, Exif = metadata.Exif, Xmp = metadata.Xmp },
            },
            MajorVersion = header.MajorVersion,
            MinorVersion = header.MinorVersion,
            HasNetworks = !header.Lossless,
            MaxError = header.MaxError,
            MaxAlphaError = header.MaxAlphaError,
            MixedTiles = header.MixedTiles,
            Quality = header.Quality,
            TileSize = header.TileSize,
            TileColumns = header.TileColumns,
            TileRows = header.TileRows,
            ModelName = header.ModelName,
            ModelIdentity = header.ModelIdentity.ToString(),
        };
    }
}
