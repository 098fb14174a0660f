using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Bundle;

/// <summary>
/// A model: networks, gains for each quality, priors, tables and identity. Immutable. A model file is this as
/// safetensors; spec/vae-format.md, "Model files", lists its tensors.
/// </summary>
public sealed class Model
{
    private readonly SafetensorsFile _file;
    private readonly float[] _gain;
    private readonly float[] _inverseGain;
    private readonly float[] _meanGain;
    private readonly short[] _scaleOffset;
    private readonly CdfTable[] _hyperPriors;

    internal Model(
        SafetensorsFile file,
        string name,
        ModelDescription description,
        byte[] identity,
        IReadOnlyList<IntegerConvolution> scaleNetwork,
        float[] gain,
        float[] inverseGain,
        float[] meanGain,
        short[] scaleOffset,
        CdfTable[] scales,
        CdfTable[] hyperPriors)
    {
        _file = file;
        Name = name;
        Description = description;
        Identity = identity;
        ScaleNetwork = scaleNetwork;
        _gain = gain;
        _inverseGain = inverseGain;
        _meanGain = meanGain;
        _scaleOffset = scaleOffset;
        Scales = scales;
        _hyperPriors = hyperPriors;
    }

    /// <summary>The readable name, 1 to 64 characters.</summary>
    public string Name { get; }

    /// <summary>The networks.</summary>
    public ModelDescription Description { get; }

    /// <summary>SHA-256 over the description and all tensors, see <see cref="ModelIdentity"/>; 32 bytes.</summary>
    public ReadOnlyMemory<byte> Identity { get; }

    /// <summary>The convolutions of the integer scale network.</summary>
    public IReadOnlyList<IntegerConvolution> ScaleNetwork { get; }

    /// <summary>For each index of sigma the probabilities of a residual.</summary>
    public IReadOnlyList<CdfTable> Scales { get; }

    /// <summary>Texts of the model file: model card and the like.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _file.Metadata;

    /// <summary>What y is multiplied with before quantisation: one factor for each channel.</summary>
    /// <param name="quality">1..100.</param>
    public ReadOnlySpan<float> Gain(int quality) => Row(_gain, quality);

    /// <summary>What y_hat is multiplied with before synthesis.</summary>
    /// <param name="quality">1..100.</param>
    public ReadOnlySpan<float> InverseGain(int quality) => Row(_inverseGain, quality);

    /// <summary>What the output of h_m is multiplied with to be the mean.</summary>
    /// <param name="quality">1..100.</param>
    public ReadOnlySpan<float> MeanGain(int quality) => Row(_meanGain, quality);

    /// <summary>What is added to the output of h_s to be the index of sigma.</summary>
    /// <param name="quality">1..100.</param>
    public ReadOnlySpan<short> ScaleOffset(int quality) => _scaleOffset.AsSpan(Start(quality, Description.LatentChannels), Description.LatentChannels);

    /// <summary>The prior of each channel of z.</summary>
    /// <param name="quality">1..100.</param>
    public ReadOnlySpan<CdfTable> HyperPriors(int quality) => _hyperPriors.AsSpan(Start(quality, Description.HyperChannels), Description.HyperChannels);

    /// <summary>The file this model was read from or would be written as.</summary>
    public byte[] ToArray() => _file.ToArray();

    internal float[] Floats(string tensor) => _file.Tensors[tensor].ToFloats();

    internal IReadOnlyList<int> Shape(string tensor) => _file.Tensors[tensor].Shape;

    private static int Start(int quality, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, ModelDescription.Qualities);
        return (quality - 1) * channels;
    }

    private ReadOnlySpan<float> Row(float[] table, int quality) => table.AsSpan(Start(quality, Description.LatentChannels), Description.LatentChannels);
}
