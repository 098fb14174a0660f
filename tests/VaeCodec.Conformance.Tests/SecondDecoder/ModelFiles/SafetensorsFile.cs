using System.Text;
using System.Text.Json;

namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.1: the tensors and the metadata of a safetensors file.</summary>
internal sealed class SafetensorsFile
{
    private const int MostBytes = 1 << 28;
    private const int MostHeaderBytes = 1 << 22;
    private const int MostTensors = 4096;
    private const int MostDimensions = 8;

    private readonly List<(long Begin, long End)> _ranges = [];

    private SafetensorsFile()
    {
    }

    public Dictionary<string, string> Metadata { get; } = [];

    public Dictionary<string, StoredTensor> Tensors { get; } = new(StringComparer.Ordinal);

    public static SafetensorsFile Parse(byte[] file)
    {
        Require(file.Length <= MostBytes, $"{file.Length} bytes");
        ByteReader bytes = new(file, FailureKind.ModelInvalid);
        ulong headerLength = bytes.U64();
        Require(headerLength is >= 2 and <= MostHeaderBytes, $"a header of {headerLength} bytes");
        byte[] header = bytes.Bytes((long)headerLength);
        byte[] data = bytes.Rest();
        SafetensorsFile result = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(new UTF8Encoding(false, true).GetString(header));
            result.ParseHeader(document.RootElement, data);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new DecodingException(FailureKind.ModelInvalid, $"The model's header: {exception.Message}");
        }

        return result;
    }

    private void ParseHeader(JsonElement root, byte[] data)
    {
        bool hasMetadata = false;
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (member.Name == "__metadata__")
            {
                Require(!hasMetadata, "__metadata__ twice");
                hasMetadata = true;
                foreach (JsonProperty entry in member.Value.EnumerateObject())
                {
                    Require(Metadata.TryAdd(entry.Name, entry.Value.GetString() ?? throw new FormatException("A value that is null.")), $"the key {entry.Name} twice");
                }
            }
            else
            {
                Require(Tensors.TryAdd(member.Name, ParseTensor(member.Name, member.Value, data)), $"{member.Name} twice");
            }
        }

        Require(Tensors.Count <= MostTensors, $"{Tensors.Count} tensors");
        RequireNoGaps(data.Length);
    }

    private StoredTensor ParseTensor(string name, JsonElement entry, byte[] data)
    {
        string typeName = entry.GetProperty("dtype").GetString() ?? string.Empty;
        Require(Enum.GetNames<ElementType>().Contains(typeName), $"the type {typeName}");
        ElementType type = Enum.Parse<ElementType>(typeName);
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())];
        Require(shape.Length <= MostDimensions && shape.All(dimension => dimension >= 0), $"the shape of {name}");
        long[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        Require(offsets.Length == 2 && 0 <= offsets[0] && offsets[0] <= offsets[1] && offsets[1] <= data.Length, $"the offsets of {name}");
        decimal length = StoredTensor.SizeOf(type);
        foreach (int dimension in shape)
        {
            length = Math.Min(length * dimension, decimal.MaxValue / int.MaxValue);
        }

        Require(offsets[1] - offsets[0] == length, $"the length of {name}");
        _ranges.Add((offsets[0], offsets[1]));
        return new StoredTensor(name, type, shape, data[(int)offsets[0]..(int)offsets[1]]);
    }

    /// <summary>Every byte of the data belongs to exactly one tensor.</summary>
    private void RequireNoGaps(long dataLength)
    {
        long end = 0;
        foreach ((long begin, long next) in _ranges.Order())
        {
            Require(begin == end, "a gap between tensors, or tensors that overlap");
            end = next;
        }

        Require(end == dataLength, "bytes that belong to no tensor");
    }

    private static void Require(bool holds, string broken) => DecodingException.Require(holds, FailureKind.ModelInvalid, $"The model file: {broken}.");
}
