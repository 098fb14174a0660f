using System.Buffers.Binary;

namespace VaeCodec.Imaging.Jpeg;

/// <summary>Writes EXIF, XMP and ICC as APP segments.</summary>
internal static class JpegMetadataWriter
{
    private const int MaxIccParts = 255;

    /// <summary>Bytes of EXIF data that one segment holds.</summary>
    internal static int MaxExifBytes => JpegMarkers.MaxPayload - JpegMarkers.Exif.Length;

    /// <summary>Checks that the metadata fit a JPEG's segments.</summary>
    /// <exception cref="VaeUnsupportedException">They do not.</exception>
    internal static void Check(PictureMetadata metadata)
    {
        Check("EXIF data have", metadata.Exif, MaxExifBytes);
        Check("XMP packet has", metadata.Xmp, JpegMarkers.MaxPayload - JpegMarkers.Xmp.Length);
        Check("ICC profile has", metadata.IccProfile, MaxIccParts * JpegMarkers.IccPartBytes);
    }

    /// <summary>How many bytes of a file come before the metadata: SOI and the JFIF segment when there is one.</summary>
    internal static int HeadBytes(ReadOnlySpan<byte> file)
    {
        return file.Length >= 6 && file[2] == 0xFF && file[3] == JpegMarkers.App0
            ? Math.Min(file.Length, JpegMarkers.StartBytes + 2 + BinaryPrimitives.ReadUInt16BigEndian(file[4..]))
            : JpegMarkers.StartBytes;
    }

    internal static async ValueTask WriteAsync(Stream output, PictureMetadata metadata, CancellationToken ct)
    {
        if (metadata.Exif is { Length: > 0 } exif)
        {
            await output.WriteAsync(Segment(JpegMarkers.App1, JpegMarkers.Exif, exif), ct).ConfigureAwait(false);
        }

        if (metadata.Xmp is { Length: > 0 } xmp)
        {
            await output.WriteAsync(Segment(JpegMarkers.App1, JpegMarkers.Xmp, xmp), ct).ConfigureAwait(false);
        }

        if (metadata.IccProfile is { Length: > 0 } profile)
        {
            int parts = (profile.Length + JpegMarkers.IccPartBytes - 1) / JpegMarkers.IccPartBytes;
            for (int i = 0; i < parts; i++)
            {
                int from = i * JpegMarkers.IccPartBytes;
                int to = Math.Min(profile.Length, from + JpegMarkers.IccPartBytes);
                byte[] identifier = [.. JpegMarkers.Icc, (byte)(i + 1), (byte)parts];
                await output.WriteAsync(Segment(JpegMarkers.App2, identifier, profile.AsSpan(from..to)), ct).ConfigureAwait(false);
            }
        }
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> data)
    {
        var segment = new byte[4 + identifier.Length + data.Length];
        segment[0] = 0xFF;
        segment[1] = marker;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), checked((ushort)(segment.Length - 2)));
        identifier.CopyTo(segment.AsSpan(4));
        data.CopyTo(segment.AsSpan(4 + identifier.Length));
        return segment;
    }

    private static void Check(string what, byte[]? bytes, int most)
    {
        if (bytes is not null && bytes.Length > most)
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"JPEG: the {what} {bytes.Length} bytes; a JPEG holds at most {most}. Write PNG, or strip the metadata.");
        }
    }
}
