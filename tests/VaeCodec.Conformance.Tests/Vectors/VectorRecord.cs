using System.Text;
using System.Text.Json;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>What NAME.json says of NAME.vae; spec/vectors/README.md defines the fields.</summary>
internal sealed record VectorRecord
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string Layout { get; init; }

    public required int BitDepth { get; init; }

    public required int Quality { get; init; }

    public required int TileSize { get; init; }

    public required int Tiles { get; init; }

    public required int FileBytes { get; init; }

    public required string FileSha256 { get; init; }

    public required string SymbolsSha256 { get; init; }

    public required string PixelsSha256 { get; init; }

    /// <summary>Reads NAME.json.</summary>
    public static VectorRecord Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(JsonPath(name)));
        JsonElement root = document.RootElement;
        return new VectorRecord
        {
            Width = root.GetProperty("width").GetInt32(),
            Height = root.GetProperty("height").GetInt32(),
            Layout = root.GetProperty("layout").GetString()!,
            BitDepth = root.TryGetProperty("bit_depth", out JsonElement depth) ? depth.GetInt32() : 8,
            Quality = root.GetProperty("quality").GetInt32(),
            TileSize = root.GetProperty("tile_size").GetInt32(),
            Tiles = root.GetProperty("tiles").GetInt32(),
            FileBytes = root.GetProperty("file_bytes").GetInt32(),
            FileSha256 = root.GetProperty("file_sha256").GetString()!,
            SymbolsSha256 = root.GetProperty("symbols_sha256").GetString()!,
            PixelsSha256 = root.GetProperty("pixels_sha256").GetString()!,
        };
    }

    /// <summary>The name of a layout: that of the enumeration in lower case.</summary>
    public static string LayoutName(PixelLayout layout) => layout.ToString().ToLowerInvariant();

    /// <summary>Path of NAME.vae.</summary>
    public static string StreamPath(string name) => Path.Combine(Repository.Vectors, name + ".vae");

    /// <summary>Path of NAME.json.</summary>
    public static string JsonPath(string name) => Path.Combine(Repository.Vectors, name + ".json");

    /// <summary>Writes NAME.json.</summary>
    public void Write(string name)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("stream", name + ".vae");
            json.WriteString("model", VectorCatalogue.Find(name).CodesSamples ? null : VectorCatalogue.Find(name).Model + ".vaemodel");
            json.WriteNumber("width", Width);
            json.WriteNumber("height", Height);
            json.WriteString("layout", Layout);
            if (BitDepth > 8)
            {
                json.WriteNumber("bit_depth", BitDepth);
            }

            json.WriteNumber("quality", Quality);
            json.WriteNumber("tile_size", TileSize);
            json.WriteNumber("tiles", Tiles);
            json.WriteNumber("file_bytes", FileBytes);
            json.WriteString("file_sha256", FileSha256);
            json.WriteString("symbols_sha256", SymbolsSha256);
            json.WriteString("pixels_sha256", PixelsSha256);
            json.WriteEndObject();
        }

        File.WriteAllText(JsonPath(name), Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n") + "\n");
    }
}
