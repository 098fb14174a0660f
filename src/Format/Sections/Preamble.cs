using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>The first twelve bytes of a file: signature, version, check (spec/vae-format.md, "Preamble").</summary>
internal static class Preamble
{
    public const int Size = 12;
    private const int CheckOffset = 10;
    private const string Advice = "Transfer it again in binary mode.";

    /// <summary>A byte with the high bit, "VAE", CR LF, Ctrl-Z, LF: each breaks under one kind of careless transfer.</summary>
    public static ReadOnlySpan<byte> Signature => [0xF6, 0x56, 0x41, 0x45, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes a preamble of the current version.</summary>
    /// <param name="destination">At least twelve bytes.</param>
    public static void Write(Span<byte> destination)
    {
        Signature.CopyTo(destination);
        destination[8] = (byte)FormatVersion.Current.Major;
        destination[9] = (byte)FormatVersion.Current.Minor;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[CheckOffset..], Check(destination));
    }

    /// <summary>Checks what was read of the preamble.</summary>
    /// <param name="bytes">Twelve bytes, or fewer when the input ended there.</param>
    /// <returns>The version, which is one that is read.</returns>
    public static FormatVersion Verify(ReadOnlySpan<byte> bytes)
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

        FormatVersion version = new(bytes[8], bytes[9]);
        if (!version.IsRead)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedVersion,
                $"The file has format version {version}; this library reads {FormatVersion.Current.Major}.x, and 0.1 to 0.4 from before the format was frozen. "
                + (version.Major > FormatVersion.Current.Major ? "Use a newer VaeCodec." : "No VaeCodec has ever written it: the file was made wrongly or tampered with."));
        }

        return version;
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
