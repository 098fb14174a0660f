namespace VaeCodec.Tool;

/// <summary>A decode that came to its end.</summary>
/// <param name="Info">What the file says of itself.</param>
/// <param name="Picture">What was decoded of it, and at which size.</param>
/// <param name="FileBytes">Bytes of it that were read.</param>
/// <param name="LostTiles">Tiles that a partial decode had to make up.</param>
/// <param name="TailProblem">What is wrong behind the last tile, where parts are allowed.</param>
internal sealed record DecodeResult(VaeImageInfo Info, PictureDescription Picture, long FileBytes, IReadOnlyList<VaeLostTile> LostTiles, VaeException? TailProblem);
