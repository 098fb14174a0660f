namespace VaeCodec.Models.TorchSharp.Plotting;

/// <summary>A point in the units of its panel's axes.</summary>
internal readonly record struct PlotPoint(double X, double Y);
