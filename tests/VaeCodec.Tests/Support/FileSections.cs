using VaeCodec.Format;

namespace VaeCodec.Tests.Support;

/// <summary>Finds sections of sound .vae files, to damage them.</summary>
internal static class FileSections
{
    /// <summary>Where the sections of a type start: frames are type, flags and a 32-bit length, behind a preamble of 12 bytes; a CRC of 4 bytes follows each payload.</summary>
    public static List<int> Offsets(byte[] file, char type)
    {
        List<int> offsets = [];
        for (int at = 12; at < file.Length; at += 12 + BitConverter.ToInt32(file, at + 2))
        {
            if (file[at] == type)
            {
                offsets.Add(at);
            }
        }

        return offsets;
    }

    /// <summary>Puts the CRC of a section right.</summary>
    public static void Repair(byte[] file, int offset)
    {
        int end = offset + 8 + BitConverter.ToInt32(file, offset + 2);
        BitConverter.TryWriteBytes(file.AsSpan(end), Crc32C.Compute(file.AsSpan(offset, end - offset)));
    }
}
