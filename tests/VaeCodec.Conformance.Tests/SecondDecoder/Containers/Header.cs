namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.4: what the header says.</summary>
internal sealed record Header
{
    /// <summary>The minor version of major version 0 whose rules the file follows: by it the header has fields and sections have meanings.</summary>
    public required int Rules { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Colour samples of a pixel: 1 or 3, from the field layout.</summary>
    public required int Colours { get; init; }

    /// <summary>Whether a pixel has an alpha sample behind those of its colour.</summary>
    public required bool HasAlpha { get; init; }

    public required int BitDepth { get; init; }

    public required int Quality { get; init; }

    public required int TileUnits { get; init; }

    /// <summary>Whether all tiles are of samples.</summary>
    public required bool SampleFile { get; init; }

    /// <summary>Section 13.1: whether each tile says how it is coded.</summary>
    public required bool TilesChoose { get; init; }

    /// <summary>Primaries, transfer, matrix and range.</summary>
    public required byte[] Colour { get; init; }

    /// <summary>SHA-256 of the model, 64 hexadecimal digits.</summary>
    public required string ModelIdentity { get; init; }

    public required string ModelName { get; init; }

    /// <summary>Section 13.11: the largest error of a colour sample.</summary>
    public required int MaxError { get; init; }

    /// <summary>Section 13.11: the largest error of an alpha sample.</summary>
    public required int MaxAlphaError { get; init; }

    /// <summary>Samples of a pixel.</summary>
    public int Channels => HasAlpha ? Colours + 1 : Colours;

    /// <summary>Whether a sample file keeps every sample.</summary>
    public bool Lossless => SampleFile && MaxError == 0 && MaxAlphaError == 0;

    /// <summary>Pixels along a full tile.</summary>
    public int TileSide => 64 * TileUnits;

    public int Columns => (int)(((long)Width + TileSide - 1) / TileSide);

    public int Rows => (int)(((long)Height + TileSide - 1) / TileSide);

    public long Tiles => (long)Columns * Rows;

    /// <summary>The greatest value of a sample.</summary>
    public int MaximumSample => (1 << BitDepth) - 1;
}
