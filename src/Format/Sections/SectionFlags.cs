namespace VaeCodec.Format;

/// <summary>The flags of a section frame.</summary>
[Flags]
internal enum SectionFlags : byte
{
    None = 0,

    /// <summary>A reader that does not know the type must reject the file.</summary>
    Critical = 0x01,

    /// <summary>A program that does not know the type may keep the section when it changes the picture.</summary>
    SafeToCopy = 0x02,

    /// <summary>Bits whose meaning is still to come and that must be understood: a reader rejects them.</summary>
    MustBeZero = 0x0C,
}
