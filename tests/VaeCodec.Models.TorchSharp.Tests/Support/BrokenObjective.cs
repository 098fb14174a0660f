using System.Text.Json;
using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Objectives;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests.Support;

/// <summary>An objective whose loss is not a number at some steps.</summary>
/// <param name="inner">The objective of the others.</param>
/// <param name="isBroken">Which steps.</param>
internal sealed class BrokenObjective(ITrainingObjective inner, Func<int, bool> isBroken) : ITrainingObjective
{
    public WeightStore Weights => inner.Weights;

    public ObjectiveValue Evaluate(torch.Tensor x, Random random, int step)
    {
        ObjectiveValue value = inner.Evaluate(x, random, step);
        return isBroken(step) ? value with { Loss = value.Loss * float.NaN } : value;
    }

    public IReadOnlyList<ValidationPoint> Measure(PictureSet pictures) => inner.Measure(pictures);

    public void WriteFacts(Utf8JsonWriter json) => inner.WriteFacts(json);

    public void Describe(SafetensorsFile file) => inner.Describe(file);

    public void Dispose() => inner.Dispose();
}
