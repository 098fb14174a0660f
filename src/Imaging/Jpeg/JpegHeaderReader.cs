using System.Buffers.Binary;

namespace VaeCodec.Imaging.Jpeg;

/// <summary>
/// Walks over a JPEG's segments up to its first scan: size, kind, and the metadata that TurboJPEG does not give. Extended
/// XMP (packets above 64 KiB, spread over further segments) is passed over: the main packet stands by itself.
/// </summary>
internal ref struct JpegHeaderReader
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly JpegIccParts _icc;
    private readonly bool _ignoreProfile;
    private int _position;
    private PixelDensity? _density;
    private byte[]? _exif;
    private byte[]? _xmp;
    private bool _hasExtendedXmp;
    private bool _hasFrame;
    private byte _frameMarker;
    private int _width;
    private int _height;
    private int _components;
    private int _firstScanComponents;

    private JpegHeaderReader(ReadOnlySpan<byte> file, VaeLimits limits, bool ignoreProfile)
    {
        _file = file;
        _ignoreProfile = ignoreProfile;
        _icc = new JpegIccParts(Math.Min(limits.MaxIccProfileBytes, limits.MaxMetadataBytes));
        _position = 2;
    }

    /// <summary>Reads the segments.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limits">What to refuse.</param>
    /// <param name="ignoreProfile">Whether the parts of a colour profile are not looked at.</param>
    /// <exception cref="VaeFormatException">The segments are damaged.</exception>
    /// <exception cref="VaeUnsupportedException">CMYK, YCCK, 12 bits, lossless or hierarchical.</exception>
    internal static JpegHeader Read(ReadOnlySpan<byte> file, VaeLimits limits, bool ignoreProfile)
    {
        var reader = new JpegHeaderReader(file, limits, ignoreProfile);
        while (reader.ReadSegment())
        {
        }

        if (!reader._hasFrame)
        {
            throw new VaeFormatException(
                VaeError.InvalidOrder,
                $"JPEG: the scan at offset {reader._position} comes before any frame header (SOF). The file is damaged.");
        }

        byte[]? profile = reader._icc.Join();
        byte[]? exif = ExifData.With(reader._exif, reader._density);
        PictureMetadata metadata = profile is null && exif is null && reader._xmp is null
            ? PictureMetadata.None
            : new PictureMetadata { IccProfile = profile, Exif = exif, Xmp = reader._xmp };
        bool hasSeveralScans = reader._frameMarker is 0xC2 or 0xCA || reader._firstScanComponents < reader._components;
        return new JpegHeader(reader._width, reader._height, reader._components, hasSeveralScans, reader._hasExtendedXmp, metadata);
    }

    /// <returns>False at the first scan.</returns>
    private bool ReadSegment()
    {
        int start = _position;
        byte marker = ReadMarker();
        if (marker == JpegMarkers.StartOfScan)
        {
            // Behind the segment's length of two bytes. A file that ends here says nothing, and libjpeg refuses it.
            _firstScanComponents = _position + 2 < _file.Length ? _file[_position + 2] : 0;
            return false;
        }

        if (marker == JpegMarkers.EndOfImage)
        {
            throw Error(VaeError.InvalidOrder, start, "the image ends before any scan");
        }

        if (JpegMarkers.StandsAlone(marker))
        {
            throw Error(VaeError.InvalidOrder, start, $"marker FF{marker:X2} may not stand in the header");
        }

        if (_file.Length - _position < 2)
        {
            throw Truncated(start, marker);
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(_file[_position..]);
        if (length < 2)
        {
            throw Error(VaeError.InvalidField, start, $"segment FF{marker:X2} has the impossible length {length}");
        }

        if (_file.Length - _position < length)
        {
            throw Truncated(start, marker);
        }

        ReadOnlySpan<byte> payload = _file.Slice(_position + 2, length - 2);
        _position += length;
        Take(marker, payload, start);
        return true;
    }

    private byte ReadMarker()
    {
        int start = _position;
        if (_position < _file.Length && _file[_position] != 0xFF)
        {
            throw Error(VaeError.InvalidField, start, $"a marker (FF) should stand, but the byte is {_file[_position]:X2}");
        }

        // Any number of FF may come before a marker's code (T.81, B.1.1.2).
        while (_position < _file.Length && _file[_position] == 0xFF)
        {
            _position++;
        }

        if (_position == _file.Length)
        {
            throw new VaeFormatException(
                VaeError.Truncated,
                $"JPEG: the file ends at offset {_file.Length}, before its first scan. The file is truncated.");
        }

        byte marker = _file[_position++];
        return marker != 0 ? marker : throw Error(VaeError.InvalidField, start, "FF00 stands where a marker should");
    }

    private void Take(byte marker, ReadOnlySpan<byte> payload, int offset)
    {
        if (JpegMarkers.IsStartOfFrame(marker))
        {
            TakeFrame(marker, payload, offset);
        }
        else if (marker == JpegMarkers.App0)
        {
            _density ??= JfifPixelDensity.Read(payload);
        }
        else if (marker == JpegMarkers.App1 && payload.StartsWith(JpegMarkers.Exif))
        {
            // What only bears the name is no EXIF; a PNG that held it would be refused.
            ReadOnlySpan<byte> data = payload[JpegMarkers.Exif.Length..];
            _exif ??= ExifData.Begins(data) ? data.ToArray() : null;
        }
        else if (marker == JpegMarkers.App1 && payload.StartsWith(JpegMarkers.Xmp))
        {
            _xmp ??= payload.Length > JpegMarkers.Xmp.Length ? payload[JpegMarkers.Xmp.Length..].ToArray() : null;
        }
        else if (marker == JpegMarkers.App1 && payload.StartsWith(JpegMarkers.ExtendedXmp))
        {
            _hasExtendedXmp = true;
        }
        else if (marker == JpegMarkers.App2 && payload.StartsWith(JpegMarkers.Icc) && !_ignoreProfile)
        {
            _icc.Add(payload[JpegMarkers.Icc.Length..], offset);
        }
    }

    private void TakeFrame(byte marker, ReadOnlySpan<byte> payload, int offset)
    {
        if (_hasFrame)
        {
            throw Error(VaeError.InvalidOrder, offset, "a second frame header stands");
        }

        if (payload.Length < 6 || payload.Length != 6 + (3 * payload[5]))
        {
            throw Error(VaeError.InvalidField, offset, $"the frame header (SOF) has {payload.Length} bytes, which does not fit its fields");
        }

        if (marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA))
        {
            throw Unsupported(
                $"JPEG: the picture is {(marker is 0xC3 or 0xCB ? "lossless" : "hierarchical")} JPEG (marker FF{marker:X2}), which is not read; baseline, extended and progressive are. Convert it first, for example to PNG.");
        }

        if (payload[0] != 8)
        {
            throw Unsupported($"JPEG: the picture has {payload[0]} bits a sample; 8 are read. Convert it to PNG first.");
        }

        _hasFrame = true;
        _frameMarker = marker;
        _height = BinaryPrimitives.ReadUInt16BigEndian(payload[1..]);
        _width = BinaryPrimitives.ReadUInt16BigEndian(payload[3..]);
        _components = payload[5];
        if (_height == 0)
        {
            throw Unsupported("JPEG: the frame header does not say the number of lines, which then stands behind the first scan (DNL); such files are not read. Convert it first, for example to PNG.");
        }

        if (_components == 4)
        {
            throw Unsupported(
                "JPEG: the picture is CMYK or YCCK (4 components); grey and RGB are read. Convert it first, for example: magick in.jpg -colorspace sRGB out.png");
        }

        if (_components is not (1 or 3))
        {
            throw Unsupported($"JPEG: the picture has {_components} components; 1 (grey) and 3 (RGB) are read. Convert it first, for example to PNG.");
        }
    }

    private readonly VaeFormatException Truncated(int offset, byte marker) => Error(
        VaeError.Truncated, offset, $"segment FF{marker:X2} starts, but the file ends at offset {_file.Length} inside it");

    private static VaeFormatException Error(VaeError error, int offset, string what) =>
        new(error, $"JPEG: at offset {offset} {what}. The file is damaged.");

    private static VaeUnsupportedException Unsupported(string message) => new(VaeError.UnsupportedFeature, message);
}
