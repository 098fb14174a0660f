using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Safetensors;

/// <summary>
/// A safetensors file in memory: named tensors and text metadata. Layout: length of the header (64-bit, little-endian),
/// the header as JSON, then the tensors' bytes without gaps.
/// </summary>
/// <remarks>Reading validates everything: sizes against the file, offsets against each other, types, shapes, names. Source: huggingface/safetensors, README, "Format".</remarks>
public sealed class SafetensorsFile
{
    private const int MaxHeaderBytes = 4 << 20;
    private const int MaxTensors = 4096;
    private const int MaxDimensions = 8;

    /// <summary>Tensors by name.</summary>
    public Dictionary<string, Tensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>The texts of the header's "__metadata__".</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a file from memory. The tensors refer to the memory; it must not change.</summary>
    /// <param name="file">All bytes of the file; not trusted.</param>
    /// <exception cref="ModelFileException">Not a sound safetensors file.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> file)
    {
        if (file.Length > ModelLimits.MaxFileBytes)
        {
            throw TooLarge(file.Length);
        }

        if (file.Length < 8)
        {
            throw new ModelFileException("The file is too short to be a safetensors file.");
        }

        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerBytes is < 2 or > MaxHeaderBytes || headerBytes > (ulong)(file.Length - 8))
        {
            throw new ModelFileException($"The file does not start with the length of a safetensors header (it reads {headerBytes}).");
        }

        SafetensorsFile result = new();
        ReadOnlyMemory<byte> header = file.Slice(8, (int)headerBytes);
        if (!Utf8.IsValid(header.Span))
        {
            // The reader of JSON looks only at the texts that it is asked for.
            throw new ModelFileException("The safetensors header cannot be read: it is not UTF-8.");
        }

        ReadOnlyMemory<byte> data = file[(8 + (int)headerBytes)..];
        try
        {
            using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4 });
            List<(long Begin, long End, string Name)> extents = [];
            bool hasMetadata = false;
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals("__metadata__"))
                {
                    if (hasMetadata)
                    {
                        throw new ModelFileException("The header has the member \"__metadata__\" twice.");
                    }

                    hasMetadata = true;
                    foreach (JsonProperty entry in property.Value.EnumerateObject())
                    {
                        if (!result.Metadata.TryAdd(entry.Name, entry.Value.GetString() ?? throw new ModelFileException($"The metadata have no text under the key \"{entry.Name}\".")))
                        {
                            throw new ModelFileException($"The metadata have the key \"{entry.Name}\" twice.");
                        }
                    }

                    continue;
                }

                (Tensor tensor, long begin, long end) = ReadTensor(property, data);
                if (!result.Tensors.TryAdd(property.Name, tensor))
                {
                    throw new ModelFileException($"Tensor \"{property.Name}\" appears twice.");
                }

                extents.Add((begin, end, property.Name));
                if (extents.Count > MaxTensors)
                {
                    throw new ModelFileException($"The file has more than {MaxTensors} tensors.");
                }
            }

            CheckExtents(extents, data.Length);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException or DecoderFallbackException)
        {
            throw new ModelFileException($"The safetensors header cannot be read: {exception.Message}", exception);
        }

        return result;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ModelFileException">Not a sound safetensors file, or larger than a model may be.</exception>
    public static SafetensorsFile Load(string path)
    {
        // The length a file states is not trusted, a device or a pipe says 0; where it is true, nothing is copied twice.
        using FileStream stream = File.OpenRead(path);
        using MemoryStream content = new((int)Math.Clamp(stream.CanSeek ? stream.Length : 0, 0, ModelLimits.MaxFileBytes));
        byte[] block = new byte[1 << 20];
        for (int read = stream.Read(block); read > 0; read = stream.Read(block))
        {
            content.Write(block, 0, read);
            if (content.Length > ModelLimits.MaxFileBytes)
            {
                throw TooLarge(content.Length);
            }
        }

        return Parse(content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    /// <summary>The file's bytes. Metadata and tensors are written in the order of their names, so that the same content gives the same bytes.</summary>
    public byte[] ToArray()
    {
        string[] names = [.. Tensors.Keys.Order(StringComparer.Ordinal)];
        using MemoryStream header = new();
        using (Utf8JsonWriter json = new(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (string key in Metadata.Keys.Order(StringComparer.Ordinal))
            {
                json.WriteString(key, Metadata[key]);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (string name in names)
            {
                Tensor tensor = Tensors[name];
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += tensor.Data.Length;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The format lets the header end in spaces; they align the data to 8 bytes.
        while (header.Length % 8 != 0)
        {
            header.WriteByte((byte)' ');
        }

        using MemoryStream file = new();
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        header.WriteTo(file);
        foreach (string name in names)
        {
            file.Write(Tensors[name].Data.Span);
        }

        return file.ToArray();
    }

    private static ModelFileException TooLarge(long bytes) => new($"The file has {bytes} bytes or more, beyond the {ModelLimits.MaxFileBytes} allowed for a model.");

    private static (Tensor Tensor, long Begin, long End) ReadTensor(JsonProperty property, ReadOnlyMemory<byte> data)
    {
        string typeName = property.Value.GetProperty("dtype").GetString() ?? string.Empty;
        if (!Enum.TryParse(typeName, out TensorType type) || type.ToString() != typeName)
        {
            throw new ModelFileException($"Tensor \"{property.Name}\" has the type \"{typeName}\", which is not read here.");
        }

        JsonElement shapeElement = property.Value.GetProperty("shape");
        if (shapeElement.GetArrayLength() > MaxDimensions)
        {
            throw new ModelFileException($"Tensor \"{property.Name}\" has more than {MaxDimensions} dimensions.");
        }

        int[] shape = [.. shapeElement.EnumerateArray().Select(size => size.GetInt32())];

        // From nothing, where a dimension is: the product of the others may be more than there are numbers.
        long elements = shape.Contains(0) ? 0 : 1;
        foreach (int size in shape)
        {
            elements = size >= 0 ? checked(elements * size) : throw new ModelFileException($"Tensor \"{property.Name}\" has a negative dimension.");
        }

        JsonElement offsets = property.Value.GetProperty("data_offsets");
        if (offsets.GetArrayLength() != 2)
        {
            throw new ModelFileException($"Tensor \"{property.Name}\" does not have two offsets.");
        }

        long begin = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        if (begin < 0 || end < begin || end > data.Length || end - begin != checked(elements * Tensor.ElementBytes(type)))
        {
            throw new ModelFileException($"Tensor \"{property.Name}\" lies at {begin}..{end}, which does not fit its shape or the file.");
        }

        return (new Tensor(type, shape, data.Slice((int)begin, (int)(end - begin))), begin, end);
    }

    private static void CheckExtents(List<(long Begin, long End, string Name)> extents, long dataBytes)
    {
        extents.Sort();
        long position = 0;
        foreach ((long begin, long end, string name) in extents)
        {
            position = begin == position ? end : throw new ModelFileException($"Tensor \"{name}\" overlaps another or leaves a gap before it.");
        }

        if (position != dataBytes)
        {
            throw new ModelFileException($"The file has {dataBytes - position} bytes that belong to no tensor.");
        }
    }
}
