namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>A model file of a VAE with a Gaussian posterior, and what is known about it.</summary>
/// <param name="File">The bytes of the file.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="Measures">What it does on held-out pictures.</param>
/// <param name="Card">The model card.</param>
public sealed record GaussianExport(byte[] File, string Identity, GaussianMeasures Measures, ModelCard Card);
