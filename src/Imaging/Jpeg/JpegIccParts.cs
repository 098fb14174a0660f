namespace VaeCodec.Imaging.Jpeg;

/// <summary>Puts together an ICC profile that is spread over APP2 segments (ICC.1:2022, annex B.4).</summary>
internal sealed class JpegIccParts(int atMost)
{
    private byte[]?[] _parts = [];
    private int _have;
    private long _bytes;

    /// <param name="part">Number, count and data, behind the identifier.</param>
    /// <param name="offset">Where the segment starts, for messages.</param>
    internal void Add(ReadOnlySpan<byte> part, int offset)
    {
        if (part.Length < 2 || part[0] == 0 || part[0] > part[1] || (_parts.Length != 0 && part[1] != _parts.Length))
        {
            throw Invalid($"the ICC profile's segment at offset {offset} has an invalid part number or count");
        }

        if (_parts.Length == 0)
        {
            _parts = new byte[]?[part[1]];
        }

        if (_parts[part[0] - 1] is not null)
        {
            throw Invalid($"part {part[0]} of the ICC profile is repeated at offset {offset}");
        }

        _parts[part[0] - 1] = part[2..].ToArray();
        _have++;
        _bytes += part.Length - 2;
        if (_bytes > atMost)
        {
            throw new VaeLimitException(
                $"JPEG: the ICC profile is larger than {atMost} bytes (VaeLimits.MaxIccProfileBytes, MaxMetadataBytes). Raise the limit or strip the metadata.");
        }
    }

    /// <returns>The profile, or null when there is none.</returns>
    internal byte[]? Join()
    {
        if (_have != _parts.Length)
        {
            throw Invalid($"the ICC profile has {_parts.Length} parts, but only {_have} are there");
        }

        if (_bytes == 0)
        {
            return null;
        }

        var profile = new byte[_bytes];
        int at = 0;
        foreach (byte[]? part in _parts)
        {
            part.CopyTo(profile.AsSpan(at));
            at += part?.Length ?? 0;
        }

        return profile;
    }

    private static VaeFormatException Invalid(string what) =>
        new(VaeError.InvalidField, $"JPEG: {what}. The file is damaged.");
}
