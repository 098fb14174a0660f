using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>The eight bytes in front of a payload (spec/vae-format.md, "Sections").</summary>
/// <param name="Type">The type; may be one this version does not know.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Length">Length of the payload in bytes.</param>
/// <param name="Offset">Offset of the frame from the start of the file.</param>
/// <param name="Crc">The CRC-32C after the frame, to be continued over the payload.</param>
internal readonly record struct SectionFrame(SectionType Type, SectionFlags Flags, uint Length, long Offset, Crc32CAccumulator Crc)
{
    /// <summary>Size of the frame in front of the payload.</summary>
    public const int Size = 8;

    /// <summary>Size of the CRC behind the payload.</summary>
    public const int CrcSize = 4;

    private const int CheckOffset = 6;

    /// <summary>Whether the type is known in every version.</summary>
    public bool IsKnown => Type is SectionType.Header or SectionType.IccProfile or SectionType.Exif or SectionType.Xmp
        or SectionType.Tile or SectionType.Index or SectionType.End;

    /// <summary>Offset of what follows the section.</summary>
    public long End => Offset + Size + Length + CrcSize;

    public bool IsCritical => (Flags & SectionFlags.Critical) != 0;

    /// <summary>The flags that a known type is written with.</summary>
    public static SectionFlags FlagsOf(SectionType type) => type switch
    {
        SectionType.Header or SectionType.Tile or SectionType.End => SectionFlags.Critical,
        SectionType.Exif or SectionType.Xmp => SectionFlags.SafeToCopy,
        _ => SectionFlags.None,
    };

    public static void Write(Span<byte> destination, SectionType type, uint length)
    {
        destination[0] = (byte)type;
        destination[1] = (byte)FlagsOf(type);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[2..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[CheckOffset..], (ushort)Crc32C.Compute(destination[..CheckOffset]));
    }

    /// <summary>Reads and checks a frame: its check, its reserved flags, and that a known type has its own criticality.</summary>
    public static SectionFrame Parse(ReadOnlySpan<byte> bytes, long offset)
    {
        ushort stored = BinaryPrimitives.ReadUInt16LittleEndian(bytes[CheckOffset..]);
        ushort computed = (ushort)Crc32C.Compute(bytes[..CheckOffset]);
        if (stored != computed)
        {
            throw new VaeFormatException(
                VaeError.ChecksumMismatch,
                $"The frame of the section at offset {offset} is damaged: its check is 0x{stored:X4}, computed is 0x{computed:X4}. Fetch the file again.");
        }

        Crc32CAccumulator crc = default;
        crc.Append(bytes[..Size]);
        SectionFrame frame = new(
            (SectionType)bytes[0],
            (SectionFlags)bytes[1],
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]),
            offset,
            crc);
        if ((frame.Flags & SectionFlags.MustBeZero) != 0)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"The {frame.Describe()} has flags (0x{bytes[1]:X2}) that this version does not know and must. Use a newer VaeCodec.");
        }

        if (frame.IsKnown)
        {
            frame.RequireCriticality();
        }

        return frame;
    }

    /// <summary>Checks that a frame is as critical as its type, which is known.</summary>
    public void RequireCriticality()
    {
        if (IsCritical != ((FlagsOf(Type) & SectionFlags.Critical) != 0))
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"The {Describe()} is marked {(IsCritical ? "critical" : "not critical")}, which its type does not allow. The file was written wrongly or tampered with.");
        }
    }

    /// <summary>Whether the type is known in a version; digests came later than the others.</summary>
    public bool IsKnownIn(FormatVersion version) => IsKnown || (Type == SectionType.Digest && version.HasDeepSamples);

    /// <summary>Checks that a section of unknown type may be passed over.</summary>
    public void RequireIgnorable()
    {
        if (IsCritical)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"The {Describe()} must be understood to decode the file, and this version does not. Use a newer VaeCodec.");
        }
    }

    /// <summary>What is wrong with a section that stands where it must not.</summary>
    /// <param name="why">Why it must not.</param>
    public VaeFormatException Misplaced(string why) => new(VaeError.InvalidOrder, $"The {Describe()} is out of place: {why}. The file was edited or joined wrongly.");

    /// <summary>The section in words, for messages: "tile section 'T' at offset 170".</summary>
    public string Describe()
    {
        string name = Type switch
        {
            SectionType.Header => "header section",
            SectionType.IccProfile => "ICC profile section",
            SectionType.Exif => "EXIF section",
            SectionType.Xmp => "XMP section",
            SectionType.Tile => "tile section",
            SectionType.Digest => "digest section",
            SectionType.Index => "index section",
            SectionType.End => "end section",
            _ => "section of unknown type",
        };
        byte type = (byte)Type;
        string printable = type is > 0x20 and < 0x7F ? $"'{(char)type}'" : $"0x{type:X2}";
        return $"{name} {printable} at offset {Offset}";
    }
}
