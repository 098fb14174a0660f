using System.Text.Json;
using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Objectives;

/// <summary>What a run trains and what it minimises: networks, their weights, the loss of a batch, and how the result is measured.</summary>
public interface ITrainingObjective : IDisposable
{
    /// <summary>All that is trained.</summary>
    WeightStore Weights { get; }

    /// <summary>The loss of a batch.</summary>
    /// <param name="x">Pixels / 255 - 0.5, N x 3 x side x side.</param>
    /// <param name="random">The step's own generator, which has drawn the crops already.</param>
    /// <param name="step">Counted from 0.</param>
    ObjectiveValue Evaluate(torch.Tensor x, Random random, int step);

    /// <summary>Measures the weights as they are.</summary>
    /// <param name="pictures">The pictures.</param>
    IReadOnlyList<ValidationPoint> Measure(PictureSet pictures);

    /// <summary>Writes what the networks are into the event of the log that starts a run.</summary>
    /// <param name="json">The log, within an object.</param>
    void WriteFacts(Utf8JsonWriter json);

    /// <summary>Notes in a file of averaged weights what must be known to use them.</summary>
    /// <param name="file">The file.</param>
    void Describe(SafetensorsFile file);
}
