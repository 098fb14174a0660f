using System.Text;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports.Readme;

/// <summary>A Markdown file with a section that is made from results. What stands outside its markers is never touched.</summary>
internal sealed class ReadmeFile
{
    /// <summary>The section of rates and qualities.</summary>
    public const string RateDistortion = "rate-distortion";

    /// <summary>The section of speeds.</summary>
    public const string Speed = "speed";

    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly string _section;

    private ReadmeFile(string path, string section) => (_path, _section) = (path, section);

    /// <summary>Looks whether the file has its markers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="section">Name of the section, as its markers have it.</param>
    /// <exception cref="BenchUsageException">It is missing, no UTF-8, or its markers are not one pair of lines.</exception>
    public static ReadmeFile Open(string path, string section)
    {
        Read(path, section);
        return new ReadmeFile(path, section);
    }

    /// <summary>The line before a section.</summary>
    public static string Begin(string section) => $"<!-- {section}:begin -->";

    /// <summary>The line after it.</summary>
    public static string End(string section) => $"<!-- {section}:end -->";

    /// <summary>Replaces what stands between the markers. The file is read again, for it may have been edited while things were measured.</summary>
    /// <param name="section">Lines that each end with a line feed.</param>
    public void Write(string section)
    {
        (string text, int start, int end) = Read(_path, _section);
        string lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string body = section.ReplaceLineEndings(lineEnd);
        WholeFile.Write(_path, $"{text[..start]}{lineEnd}{body}{text[end..]}");
    }

    /// <summary>The text, where the first marker ends and where the last one begins.</summary>
    private static (string Text, int Start, int End) Read(string path, string section)
    {
        string text;
        try
        {
            // A mark of the byte order stays a character of the text, and so where it is.
            text = s_encoding.GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException exception)
        {
            throw new BenchUsageException($"{path} (--readme) is not UTF-8: what stands outside its markers could not be kept. Save it as UTF-8.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BenchUsageException($"{path} (--readme) cannot be read: {exception.Message}", exception);
        }

        int[] begins = Lines(text, Begin(section));
        int[] ends = Lines(text, End(section));
        return begins.Length == 1 && ends.Length == 1 && begins[0] < ends[0]
            ? (text, begins[0] + Begin(section).Length, ends[0])
            : throw new BenchUsageException($"{path} (--readme) must have the line {Begin(section)} once, and after it the line {End(section)} once; it has {begins.Length} and {ends.Length} of them.");
    }

    /// <summary>Where a line stands that is this text and nothing else: prose may name a marker.</summary>
    private static int[] Lines(string text, string marker)
    {
        var places = new List<int>();
        for (int at = text.IndexOf(marker, StringComparison.Ordinal); at >= 0; at = text.IndexOf(marker, at + 1, StringComparison.Ordinal))
        {
            int after = at + marker.Length;
            if ((at == 0 || text[at - 1] is '\n' or '\uFEFF') && (after == text.Length || text[after] is '\n' or '\r'))
            {
                places.Add(at);
            }
        }

        return [.. places];
    }
}
