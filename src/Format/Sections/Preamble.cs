using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>The first twelve bytes of a file: signature, version, check (spec/vae-format.md, "Preamble").</summary>
internal static class Preamble
{
    public const int Size = 12;
    public const int MajorVersion = 0;

    /// <summary>The newest minor version; all from 1 on are read.</summary>
    public const int MinorVersion = DeepMinorVersion;

    /// <summary>The minor version of files that need nothing newer.</summary>
    public const int BaseMinorVersion = 1;

    /// <summary>The first minor version with lossless tiles.</summary>
    public const int LosslessMinorVersion = 2;

    /// <summary>The first minor version whose tiles can choose their way of coding.</summary>
    public const int MixedMinorVersion = 3;

    /// <summary>The first minor version with alpha, samples of two bytes, bounds of errors and digests.</summary>
    public const int DeepMinorVersion = 4;

    private const int CheckOffset = 10;
    private const string Advice = "Transfer it again in binary mode.";

    /// <summary>A byte with the high bit, "VAE", CR LF, Ctrl-Z, LF: each breaks under one kind of careless transfer.</summary>
    public static ReadOnlySpan<byte> Signature => [0xF6, 0x56, 0x41, 0x45, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes a preamble.</summary>
    /// <param name="destination">At least twelve bytes.</param>
    /// <param name="minor">The minor version: the least that has all that the file uses.</param>
    public static void Write(Span<byte> destination, int minor)
    {
        Signature.CopyTo(destination);
        destination[8] = MajorVersion;
        destination[9] = (byte)minor;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[CheckOffset..], Check(destination));
    }

    /// <summary>Checks what was read of the preamble.</summary>
    /// <param name="bytes">Twelve bytes, or fewer when the input ended there.</param>
    /// <returns>The minor version.</returns>
    public static int Verify(ReadOnlySpan<byte> bytes)
    {
        int known = Math.Min(bytes.Length, Signature.Length);
        if (!bytes[..known].SequenceEqual(Signature[..known]))
        {
            throw new VaeFormatException(VaeError.BadSignature, DescribeMismatch(bytes));
        }

        if (bytes.Length < Size)
        {
            throw new VaeFormatException(
                VaeError.Truncated,
                bytes.IsEmpty
                    ? "The input is empty; a .vae file starts with a preamble of 12 bytes."
                    : $"The input ends inside the preamble: {Size} bytes expected, {bytes.Length} received. The file was cut short; fetch it again.");
        }

        ushort stored = BinaryPrimitives.ReadUInt16LittleEndian(bytes[CheckOffset..]);
        if (stored != Check(bytes))
        {
            throw new VaeFormatException(
                VaeError.ChecksumMismatch,
                $"The preamble at offset 0 is damaged: its check is 0x{stored:X4}, computed is 0x{Check(bytes):X4}. Fetch the file again.");
        }

        (int major, int minor) = (bytes[8], bytes[9]);
        if (major > MajorVersion)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedVersion,
                $"The file has format version {major}.{minor}; this library reads {MajorVersion}.{MinorVersion}. Use a newer VaeCodec.");
        }

        // While the major version is 0 nothing is promised of minors to come.
        if (minor is < BaseMinorVersion or > MinorVersion)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedVersion,
                $"The file has the pre-release format version {major}.{minor}; this library reads {MajorVersion}.{BaseMinorVersion} to {MajorVersion}.{MinorVersion}. "
                + "Decode it with the version of VaeCodec that wrote it.");
        }

        return minor;
    }

    private static ushort Check(ReadOnlySpan<byte> bytes) => (ushort)Crc32C.Compute(bytes[..CheckOffset]);

    private static string DescribeMismatch(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\u0076VAE"u8))
        {
            return $"The file went through a transfer that cleared the high bit of every byte. {Advice}";
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xC3, 0xB6, 0x56, 0x41, 0x45])
            || bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBF, 0xBD, 0x56, 0x41, 0x45]))
        {
            return $"The file was converted to UTF-8 as if it were text. {Advice}";
        }

        if (!bytes.StartsWith(Signature[..4]))
        {
            return "The input does not start with the .vae signature (F6 56 41 45 0D 0A 1A 0A); it is not a .vae file.";
        }

        ReadOnlySpan<byte> tail = bytes[4..];
        if (tail.StartsWith((ReadOnlySpan<byte>)[0x0A, 0x1A]))
        {
            return $"The file went through a text-mode transfer that turned CR LF into LF. {Advice}";
        }

        if (tail.StartsWith((ReadOnlySpan<byte>)[0x0D, 0x0D, 0x0A]) || tail.StartsWith((ReadOnlySpan<byte>)[0x0D, 0x0A, 0x1A, 0x0D]))
        {
            return $"The file went through a text-mode transfer that turned LF into CR LF. {Advice}";
        }

        return $"The .vae signature at offset 0 is damaged. {Advice}";
    }
}
