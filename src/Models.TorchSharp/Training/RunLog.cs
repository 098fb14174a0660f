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

    public void Dispose() => _stream.Dispose();
}
