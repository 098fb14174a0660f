using VaeCodec.Format;
using VaeCodec.Parts;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>Decodes lossless tiles.</summary>
/// <param name="rows">Where their samples go.</param>
/// <param name="part">What is decoded.</param>
/// <param name="allowPartial">Whether damaged tiles are noted in place of thrown.</param>
internal sealed class LosslessRowDecoding(LosslessRows rows, PicturePart part, bool allowPartial) : TileRowDecoding(part.Tiles.TileColumns, allowPartial)
{
    /// <inheritdoc/>
    protected override void Decode(TileSection tile) => rows.Decode(part.Place(tile));
}
