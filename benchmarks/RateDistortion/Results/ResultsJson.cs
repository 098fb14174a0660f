using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Results;

/// <summary>The results file as JSON, by generated code.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ResultsDocument))]
[JsonSerializable(typeof(CompressAiFile))]
internal sealed partial class ResultsJson : JsonSerializerContext;
