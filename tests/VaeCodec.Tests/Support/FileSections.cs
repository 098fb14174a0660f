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
}
