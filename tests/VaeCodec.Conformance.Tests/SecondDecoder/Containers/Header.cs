namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.4: what the header says.</summary>
internal sealed record Header
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Samples of a pixel: 1 or 3, from the field layout.</summary>
    public required int Channels { get; init; }

    public required int BitDepth { get; init; }

    public required int Quality { get; init; }

    public required int TileUnits { get; init; }

    public required bool Lossless { get; init; }

    /// <summary>Section 13.1: whether each tile says how it is coded.</summary>
    public required bool TilesChoose { get; init; }

    /// <summary>Primaries, transfer, matrix and range.</summary>
    public required byte[] Colour { get; init; }

    /// <summary>SHA-256 of the model, 64 hexadecimal digits.</summary>
    public required string ModelIdentity { get; init; }

    public required string ModelName { get; init; }

    /// <summary>Pixels along a full tile.</summary>
    public int TileSide => 64 * TileUnits;

    public int Columns => (int)(((long)Width + TileSide - 1) / TileSide);

    public int Rows => (int)(((long)Height + TileSide - 1) / TileSide);

    public long Tiles => (long)Columns * Rows;

    /// <summary>The greatest value of a sample.</summary>
    public int MaximumSample => (1 << BitDepth) - 1;
}
