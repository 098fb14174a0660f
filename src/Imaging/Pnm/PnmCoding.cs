namespace VaeCodec.Imaging.Pnm;

/// <summary>How a Netpbm format stores samples.</summary>
internal enum PnmCoding
{
    /// <summary>A byte each, or two, the most significant one first (P5, P6, P7).</summary>
    Bytes,

    /// <summary>Decimal numbers with white space between them (P2, P3).</summary>
    Numbers,

    /// <summary>A bit each, rows padded to whole bytes (P4).</summary>
    Bits,

    /// <summary>The digits 0 and 1, with or without white space between them (P1).</summary>
    Digits,
}
