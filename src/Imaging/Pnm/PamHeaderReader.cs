using System.Globalization;
using System.Text;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Pnm;

/// <summary>Reads the header of a PAM (pam(5)): lines of a name and a value in any order, up to the line ENDHDR.</summary>
internal sealed class PamHeaderReader(InputCursor input)
{
    private const string Format = "PAM";

    /// <summary>More than any header needs; a file without line ends must not be gathered whole.</summary>
    private const int LongestLine = 1024;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private string? _tupleType;
    private long _lineOffset;

    /// <summary>Reads the header. The cursor stands behind the two bytes of the signature.</summary>
    internal async ValueTask<PnmHeader> ReadAsync(VaeLimits limits, CancellationToken ct)
    {
        if ((await LineAsync(ct).ConfigureAwait(false)).Length > 0)
        {
            throw new VaeFormatException(
                VaeError.BadSignature,
                "PAM: the file starts with P7, but the line does not end there. It is not a PAM file. The formats read are PNG, PNM and JPEG.");
        }

        for (string line = await LineAsync(ct).ConfigureAwait(false); line != "ENDHDR"; line = await LineAsync(ct).ConfigureAwait(false))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                Take(line);
            }
        }

        int width = Number("WIDTH"), height = Number("HEIGHT"), depth = Number("DEPTH"), maxValue = Number("MAXVAL");
        SizeCheck.Check(Format, width, height, limits);
        PixelLayout layout = Layout(depth, maxValue);
        PnmHeader.CheckMaxValue(Format, maxValue);
        return new PnmHeader(Format, width, height, maxValue, layout, PnmCoding.Bytes);
    }

    /// <summary>The next line, without white space at its ends.</summary>
    private async ValueTask<string> LineAsync(CancellationToken ct)
    {
        _lineOffset = input.Position;
        var line = new StringBuilder();
        while (true)
        {
            if (await input.EnsureAsync(1, ct).ConfigureAwait(false) == 0)
            {
                throw new VaeFormatException(
                    VaeError.Truncated,
                    $"PAM: the file ends at offset {input.Position} inside the header, before the line ENDHDR. The file is truncated.");
            }

            byte b = input.Buffered.Span[0];
            input.Advance(1);
            if (b == '\n')
            {
                return line.ToString().Trim(' ', '\t', '\v', '\f', '\r');
            }

            if (line.Length == LongestLine)
            {
                throw Invalid($"the line at offset {_lineOffset} has more than {LongestLine} bytes");
            }

            line.Append((char)b);
        }
    }

    private void Take(string line)
    {
        int end = line.AsSpan().IndexOfAny(' ', '\t');
        string name = end < 0 ? line : line[..end];
        string value = end < 0 ? string.Empty : line[end..].TrimStart(' ', '\t');
        switch (name)
        {
            case "WIDTH" or "HEIGHT" or "DEPTH" or "MAXVAL":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    throw Invalid($"the line {name} at offset {_lineOffset} must hold a number of at most {int.MaxValue}");
                }

                if (!_numbers.TryAdd(name, number))
                {
                    throw Invalid($"the line {name} at offset {_lineOffset} is repeated");
                }

                break;
            case "TUPLTYPE":
                // Several lines make one name; none that is read has more than one word.
                _tupleType = _tupleType is null ? value : $"{_tupleType} {value}"[..Math.Min(LongestLine, _tupleType.Length + 1 + value.Length)];
                break;
            default:
                throw Invalid($"the line at offset {_lineOffset} starts with none of WIDTH, HEIGHT, DEPTH, MAXVAL, TUPLTYPE and ENDHDR");
        }
    }

    private int Number(string name) => _numbers.TryGetValue(name, out int number)
        ? number
        : throw Invalid($"the header has no line {name}");

    private PixelLayout Layout(int depth, int maxValue)
    {
        (PixelLayout layout, int needed) = _tupleType switch
        {
            "BLACKANDWHITE" or "GRAYSCALE" => (PixelLayout.Gray8, 1),
            "RGB" => (PixelLayout.Rgb24, 3),
            "BLACKANDWHITE_ALPHA" or "GRAYSCALE_ALPHA" => (PixelLayout.GrayAlpha16, 2),
            "RGB_ALPHA" => (PixelLayout.Rgba32, 4),
            null or "" => throw Unsupported(
                "the header has no TUPLTYPE, so what the samples mean is not known. Add the line TUPLTYPE GRAYSCALE or TUPLTYPE RGB before ENDHDR, or convert it, for example: pamtopnm -assume in.pam > out.ppm"),
            _ => throw Unsupported(
                $"the picture has tuples of type {Printable(_tupleType)}; BLACKANDWHITE, GRAYSCALE and RGB are read, with _ALPHA and without. Convert it first, for example: magick in.pam -colorspace sRGB out.ppm"),
        };
        if (depth != needed)
        {
            throw Invalid($"the header gives a depth of {depth}, but TUPLTYPE {_tupleType} has {needed} samples a pixel");
        }

        return _tupleType is not ("BLACKANDWHITE" or "BLACKANDWHITE_ALPHA") || maxValue == 1
            ? layout
            : throw Invalid($"the header gives a largest value (MAXVAL) of {maxValue}, but TUPLTYPE {_tupleType} has 1");
    }

    private static string Printable(string text) => new([.. text.Take(40).Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?')]);

    private static VaeFormatException Invalid(string what) => new(VaeError.InvalidField, $"PAM: {what}. The file is damaged.");

    private static VaeUnsupportedException Unsupported(string what) => new(VaeError.UnsupportedFeature, $"PAM: {what}");
}
