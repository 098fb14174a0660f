namespace VaeCodec.Imaging.Jpeg;

/// <summary>What a JPEG's segments say before its first scan.</summary>
internal sealed record JpegHeader(int Width, int Height, int Components, bool Progressive, PictureMetadata Metadata);
