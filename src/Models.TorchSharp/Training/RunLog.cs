using System.Text.Json;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>A run's log: one JSON object on a line, appended as training goes on.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly FileStream _stream;

    public RunLog(string path) => _stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    public void Write(Action<Utf8JsonWriter> fields)
    {
        using (Utf8JsonWriter json = new(_stream))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        _stream.WriteByte((byte)'\n');
        _stream.Flush();
    }

    /// <summary>Writes a number, or null where it is none: JSON has no infinity.</summary>
    public static void WriteMeasure(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public void Dispose() => _stream.Dispose();
}
