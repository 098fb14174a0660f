namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.2: the first twelve bytes.</summary>
internal static class Preamble
{
    /// <summary>The last minor version of major version 0, whose rules those of version 1 are.</summary>
    private const int LastMinor = 4;

    private static readonly byte[] s_signature = [0xF6, 0x56, 0x41, 0x45, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Verifies the preamble and takes it from the front of a file.</summary>
    /// <returns>The minor version of major version 0 whose rules the file follows.</returns>
    public static int Read(byte[] file, ByteReader reader)
    {
        int compared = Math.Min(file.Length, s_signature.Length);
        DecodingException.Require(file.AsSpan(0, compared).SequenceEqual(s_signature.AsSpan(0, compared)), FailureKind.BadSignature, "This is no .vae file.");
        reader.Bytes(s_signature.Length);
        int major = reader.U8();
        int minor = reader.U8();
        ushort check = reader.U16();
        DecodingException.Require(check == Crc32C.Low16(file.AsSpan(0, 10)), FailureKind.ChecksumMismatch, "The preamble's check is wrong.");
        DecodingException.Require(major <= 1, FailureKind.UnsupportedVersion, $"Major version {major}.");
        DecodingException.Require(major == 1 || minor is >= 1 and <= LastMinor, FailureKind.UnsupportedVersion, $"Version 0.{minor}.");
        return major == 1 ? LastMinor : minor;
    }
}
