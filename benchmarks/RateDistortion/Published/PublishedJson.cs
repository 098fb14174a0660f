using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Published;

/// <summary>Published curves as JSON, by generated code.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PublishedCurve))]
internal sealed partial class PublishedJson : JsonSerializerContext;
