using System.Buffers.Binary;

namespace VaeCodec.Inspection;

/// <summary>Goes from frame to frame of a file that was verified, for the sizes of its sections.</summary>
internal static class SectionWalk
{
    private const int PreambleBytes = 12;
    private const int FrameBytes = 8;
    private const int CrcBytes = 4;

    /// <summary>What sections take, in the order in which types first come.</summary>
    /// <param name="file">The file.</param>
    /// <param name="info">What it says of itself: before version 0.4 there were no digests.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<IReadOnlyList<SectionShare>> ReadAsync(Stream file, VaeImageInfo info, CancellationToken cancellationToken)
    {
        Dictionary<string, (int Count, long Bytes)> shares = new() { ["preamble"] = (1, PreambleBytes) };
        bool hasDigests = (info.MajorVersion, info.MinorVersion) is (> 0, _) or (0, >= 4);
        byte[] frame = new byte[FrameBytes];
        for (long offset = PreambleBytes; offset < file.Length;)
        {
            file.Position = offset;
            await file.ReadExactlyAsync(frame, cancellationToken).ConfigureAwait(false);
            long bytes = FrameBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(2)) + CrcBytes;
            string name = Name((char)frame[0], hasDigests);
            (int count, long sum) = shares.GetValueOrDefault(name);
            shares[name] = (count + 1, sum + bytes);
            offset += bytes;
        }

        return [.. shares.Select(share => new SectionShare(share.Key, share.Value.Count, share.Value.Bytes))];
    }

    private static string Name(char type, bool hasDigests) => type switch
    {
        'H' => "header",
        'I' => "ICC profile",
        'E' => "EXIF",
        'X' => "XMP",
        'T' => "tiles",
        'D' when hasDigests => "digest",
        'N' => "index",
        'Z' => "end",
        _ => "unknown",
    };
}
