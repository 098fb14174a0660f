namespace VaeCodec.Imaging.Jpeg;

/// <summary>What a JPEG's segments say before its first scan.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">1 for grey, 3 for colour.</param>
/// <param name="HasSeveralScans">Whether libjpeg keeps coefficients until the last scan: progressive pictures, and others whose first scan has not all components.</param>
/// <param name="HasExtendedXmp">Whether XMP goes on in further segments, which are not read.</param>
/// <param name="Metadata">ICC, EXIF and XMP.</param>
internal sealed record JpegHeader(int Width, int Height, int Components, bool HasSeveralScans, bool HasExtendedXmp, PictureMetadata Metadata);
