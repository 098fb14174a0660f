namespace VaeCodec.Targets;

/// <summary>What a target is about.</summary>
internal enum TargetKind
{
    /// <summary>Bytes of the file.</summary>
    Bytes,

    /// <summary>Bits of the file for a pixel of the picture.</summary>
    BitsPerPixel,

    /// <summary>PSNR in dB.</summary>
    Psnr,
}
