using System.Text.Json.Serialization;

namespace VaeCodec.Speed.Reports;

/// <summary>How results are written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SpeedResults))]
internal sealed partial class SpeedJson : JsonSerializerContext;
