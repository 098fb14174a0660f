namespace VaeCodec.Tool;

/// <summary>A picture of a sheet.</summary>
/// <param name="Picture">The picture, of 8-bit red, green and blue.</param>
/// <param name="Caption">What a page says below it; may be empty.</param>
internal sealed record SheetPicture(DecodedPicture Picture, string Caption);
