namespace VaeCodec.Models.Bundle;

/// <summary>Names of the tensors of a model file that are not weights of a floating-point network.</summary>
internal static class ModelTensors
{
    public const string FormatKey = "format";
    public const string FormatName = "vaecodec-model/0.1";
    public const string NameKey = "name";
    public const string DescriptionKey = "description";

    public const string Gain = "gain.forward";
    public const string InverseGain = "gain.inverse";
    public const string MeanGain = "hyper_mean.gain";
    public const string ScaleOffset = "hyper_scale.offset";
    public const string ScaleHalfWidth = "scale_table.half_width";
    public const string ScaleFrequencies = "scale_table.frequencies";
    public const string PriorFirst = "z_prior.first";
    public const string PriorCount = "z_prior.count";
    public const string PriorFrequencies = "z_prior.frequencies";

    public static string Shift(string layer) => $"{layer}.shift";
}
