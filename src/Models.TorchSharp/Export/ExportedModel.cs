using VaeCodec.Bundling;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>A model file and what is known about it.</summary>
/// <param name="File">The bytes of the file.</param>
/// <param name="Model">The same, loaded.</param>
/// <param name="Report">What the integer scale network and tables cost.</param>
/// <param name="Card">The model card.</param>
/// <param name="Curve">The measured curve; empty where none was asked for.</param>
public sealed record ExportedModel(byte[] File, VaeModel Model, RateReport Report, ModelCard Card, IReadOnlyList<CurvePoint> Curve);
