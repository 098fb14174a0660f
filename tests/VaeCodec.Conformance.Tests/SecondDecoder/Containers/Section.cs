namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.3: a section whose check and crc are right.</summary>
/// <param name="Type">Its type, see <see cref="SectionTypes"/>.</param>
/// <param name="Offset">Where its frame starts in the file.</param>
/// <param name="Payload">Its payload.</param>
internal sealed record Section(char Type, long Offset, byte[] Payload)
{
    /// <summary>Reads the payload's fields; one that ends too early has an invalid length.</summary>
    public ByteReader Fields() => new(Payload, FailureKind.InvalidField);
}
