namespace VaeCodec;

/// <summary>A whole decoded picture.</summary>
/// <param name="Picture">Size, layout and metadata.</param>
/// <param name="Pixels">Row after row, <see cref="PictureDescription.RowBytes"/> bytes each.</param>
public sealed record DecodedPicture(PictureDescription Picture, byte[] Pixels);
