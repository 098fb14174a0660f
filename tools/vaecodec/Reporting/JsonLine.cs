using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VaeCodec.Tool;

/// <summary>A JSON object on one line, for programs that read the tool's output.</summary>
internal static class JsonLine
{
    /// <summary>UTF-8 as a code page: .NET may have the encoding in a wrapper.</summary>
    private const int Utf8 = 65001;

    // The output goes to a terminal or a program, never into HTML: names with letters beyond ASCII stay readable.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Action<Utf8JsonWriter> writeFields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_json))
        {
            writer.WriteStartObject();
            writeFields(writer);
            writer.WriteEndObject();
        }

        string line = Encoding.UTF8.GetString(buffer.WrittenSpan);
        return Console.OutputEncoding.CodePage == Utf8 || line.All(char.IsAscii) ? line : Escape(line);
    }

    /// <summary>JSON is UTF-8 (RFC 8259, 8.1); where the locale has another charset, ASCII is both.</summary>
    internal static string Escape(string line)
        => string.Concat(line.Select(letter => char.IsAscii(letter) ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")));

    /// <summary>A number, or null for infinity, which JSON does not have.</summary>
    public static void WriteFinite(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
