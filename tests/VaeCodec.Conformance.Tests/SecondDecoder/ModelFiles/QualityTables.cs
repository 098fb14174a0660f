namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.4: the tables that have a row for every quality and a column for every channel.</summary>
internal sealed class QualityTables
{
    public const int Qualities = 100;
    private const float MostGain = 1e6f;

    private readonly int _channels;
    private readonly float[] _inverse;
    private readonly float[] _forward;
    private readonly float[] _mean;
    private readonly int[] _offset;

    public QualityTables(ModelTensors tensors, int channels)
    {
        _channels = channels;
        _forward = tensors.Table("gain.forward", float.Epsilon, MostGain, Qualities, channels);
        _inverse = tensors.Table("gain.inverse", float.Epsilon, MostGain, Qualities, channels);
        _mean = tensors.Table("hyper_mean.gain", -MostGain, MostGain, Qualities, channels);
        _offset = tensors.Integers("hyper_scale.offset", ElementType.I16, short.MinValue, short.MaxValue, Qualities, channels);
    }

    /// <summary>g of section 8.2.</summary>
    public float Forward(int quality, int channel) => _forward[Position(quality, channel)];

    /// <summary>v of section 8.3.</summary>
    public float Inverse(int quality, int channel) => _inverse[Position(quality, channel)];

    /// <summary>a of section 8.2.</summary>
    public float Mean(int quality, int channel) => _mean[Position(quality, channel)];

    /// <summary>The offset of section 4.2.</summary>
    public int ScaleOffset(int quality, int channel) => _offset[Position(quality, channel)];

    private int Position(int quality, int channel) => ((quality - 1) * _channels) + channel;
}
