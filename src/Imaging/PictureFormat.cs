namespace VaeCodec.Imaging;

/// <summary>A picture file format that is read and written here.</summary>
public enum PictureFormat
{
    /// <summary>Portable Network Graphics (ISO/IEC 15948, W3C PNG third edition).</summary>
    Png,

    /// <summary>Netpbm's formats: PBM (P1, P4), PGM (P2, P5), PPM (P3, P6) and PAM (P7). Written as P5 or P6, and as P7 where there is alpha.</summary>
    Pnm,

    /// <summary>JPEG (ISO/IEC 10918-1), through libjpeg-turbo.</summary>
    Jpeg,
}
