using System.Text.Json;
using TorchSharp;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Training;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Objectives;

/// <summary>
/// The codec, one model for all rates: for each sample a level is drawn, its lambda weighs rate against distortion, its
/// gains scale the latents. The loss is (bits per pixel + lambda * squared error) / lambda^<see cref="TrainingOptions.LambdaExponent"/>.
/// </summary>
public sealed class CompressionObjective : ITrainingObjective
{
    private const double Peak = 255 * 255;

    private static readonly double[] s_validationPlaces = [1 / 9.0, 3 / 9.0, 5 / 9.0, 7 / 9.0];

    private readonly ModelDescription _description;
    private readonly TrainingOptions _options;
    private readonly TorchModel _model;

    /// <summary>Makes the objective of a run.</summary>
    /// <param name="description">The networks.</param>
    /// <param name="weights">Initial weights; owned from here on.</param>
    /// <param name="options">How to train.</param>
    public CompressionObjective(ModelDescription description, WeightStore weights, TrainingOptions options)
    {
        _description = description;
        _options = options;
        _model = new TorchModel(description, weights);
    }

    /// <inheritdoc/>
    public WeightStore Weights => _model.Weights;

    /// <inheritdoc/>
    public ObjectiveValue Evaluate(torch.Tensor x, Random random, int step)
    {
        // A level from each of equal parts of their range: uniform over all, but no batch sees only low or only high rates.
        int count = (int)x.shape[0];
        float[] levels = [.. Enumerable.Range(0, count).Select(i => (i + random.NextSingle()) / count * (_model.Levels - 1))];
        double[] lambdas = [.. levels.Select(level => _options.Lambda(level, _model.Levels))];

        TrainingPass pass = _model.Forward(x, levels, _options.ComputeType, true);
        torch.Tensor lambda = Upload.To(tensor([.. lambdas.Select(value => (float)value)]), Weights.Device);
        torch.Tensor loss = ((pass.BitsPerPixel + (lambda * Peak * pass.MeanSquaredError)) / lambda.pow(_options.LambdaExponent)).mean();
        return new ObjectiveValue(loss, pass.BitsPerPixel.mean(), pass.MeanSquaredError.log10().mean());
    }

    /// <inheritdoc/>
    public IReadOnlyList<ValidationPoint> Measure(PictureSet pictures)
    {
        float[] levels = [.. s_validationPlaces.Select(place => (float)(place * (_model.Levels - 1)))];
        return Validator.Measure(_model, pictures, levels, _options.ComputeType);
    }

    /// <inheritdoc/>
    public void WriteFacts(Utf8JsonWriter json)
    {
        json.WriteNumber("latent_channels", _description.LatentChannels);
        json.WriteNumber("levels", _model.Levels);
    }

    /// <inheritdoc/>
    public void Describe(SafetensorsFile file) => WarmStart.Describe(file, _options);

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
