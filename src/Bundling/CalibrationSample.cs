namespace VaeCodec.Bundling;

/// <summary>A tile as the codec quantised it: what the scale network sees and what its probabilities will be asked for.</summary>
/// <param name="Quality">1..100.</param>
/// <param name="HyperWidth">Hyper-latents in a row.</param>
/// <param name="HyperHeight">Rows of hyper-latents.</param>
/// <param name="HyperLatents">z: row, column, channel.</param>
/// <param name="Residuals">y_q - mu, of which symbols are made: row, column, channel at four times the width and height. The means are those that rounding leads to.</param>
internal sealed record CalibrationSample(int Quality, int HyperWidth, int HyperHeight, sbyte[] HyperLatents, float[] Residuals);
