using VaeCodec.Format;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>Decodes lossless tiles.</summary>
/// <param name="rows">Where their samples go.</param>
/// <param name="columns">Tiles in a row.</param>
/// <param name="allowPartial">Whether damaged tiles are noted in place of thrown.</param>
internal sealed class LosslessRowDecoding(LosslessRows rows, int columns, bool allowPartial) : TileRowDecoding(columns, allowPartial)
{
    /// <inheritdoc/>
    protected override void Decode(TileSection tile) => rows.Decode(TilePart.Whole(tile));
}
