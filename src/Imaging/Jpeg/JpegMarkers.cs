namespace VaeCodec.Imaging.Jpeg;

/// <summary>Marker codes (ITU-T T.81, table B.1) and the identifiers of metadata segments.</summary>
internal static class JpegMarkers
{
    internal const byte StartOfImage = 0xD8;
    internal const byte EndOfImage = 0xD9;
    internal const byte StartOfScan = 0xDA;
    internal const byte App0 = 0xE0;
    internal const byte App1 = 0xE1;
    internal const byte App2 = 0xE2;

    /// <summary>Bytes of SOI.</summary>
    internal const int StartBytes = 2;

    /// <summary>Bytes of a segment before its payload: marker and length.</summary>
    internal const int SegmentHeadBytes = 4;

    /// <summary>Largest payload of a segment: its length field counts itself and has 16 bits.</summary>
    internal const int MaxPayload = 65533;

    /// <summary>ITU-T T.871, 10.1.</summary>
    internal static ReadOnlySpan<byte> Jfif => "JFIF\0"u8;

    /// <summary>EXIF 3.0, 4.5.4.</summary>
    internal static ReadOnlySpan<byte> Exif => "Exif\0\0"u8;

    /// <summary>XMP specification part 3, 1.1.3.</summary>
    internal static ReadOnlySpan<byte> Xmp => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>The same, 1.1.3.1: packets too long for a segment go on in these.</summary>
    internal static ReadOnlySpan<byte> ExtendedXmp => "http://ns.adobe.com/xmp/extension/\0"u8;

    /// <summary>ICC.1:2022, annex B.4; the part's number and the number of parts follow, a byte each.</summary>
    internal static ReadOnlySpan<byte> Icc => "ICC_PROFILE\0"u8;

    /// <summary>Bytes of a profile that one segment holds.</summary>
    internal const int IccPartBytes = MaxPayload - 14;

    internal static bool IsJpeg(ReadOnlySpan<byte> start) =>
        start.Length >= 3 && start[0] == 0xFF && start[1] == StartOfImage && start[2] == 0xFF;

    /// <summary>SOF0 to SOF15, among which stand three markers that are none.</summary>
    internal static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Markers without a length: TEM, RST0 to RST7, SOI.</summary>
    internal static bool StandsAlone(byte marker) => marker is 0x01 or (>= 0xD0 and <= StartOfImage);
}
