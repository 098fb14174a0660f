using System.Text.Json;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>A run's log: one JSON object on a line, appended as training goes on.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens a log to append to. A last line that a killed run left unfinished is cut off.</summary>
    public RunLog(string path)
    {
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        long end = _stream.Length;
        for (; end > 0; end--)
        {
            _stream.Position = end - 1;
            if (_stream.ReadByte() == '\n')
            {
                break;
            }
        }

        _stream.SetLength(end);
        _stream.Position = end;
    }

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
