using System.Text.Json;
using TorchSharp;
using VaeCodec.Imaging;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Training;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Objectives;

/// <summary>
/// The VAE with a Gaussian posterior: the negative evidence lower bound of a sample, in nats for each of its values,
/// (D/2 log(squared error) + beta KL(q(z|x) || N(0, I))) / D, D being the number of values.
/// </summary>
/// <remarks>
/// Source: Kingma and Welling (ICLR 2014), appendix B for the divergence; beta by Higgins et al. (beta-VAE, ICLR 2017). The variance of the pixels is not fixed by
/// hand but is the one that explains the batch best, its squared error (Rybkin, Daniilidis, Levine, Simple and Effective VAE Training with Calibrated Decoders, ICML
/// 2021, section 3), so that beta 1 is the bound itself. Beta rises over the first tenth of the steps: with all of it from the start latents stay unused.
/// Where logs speak of bits per pixel, that is KL / (ln 2 x pixels): what the latents would cost by bits-back coding.
/// </remarks>
public sealed class GaussianObjective : ITrainingObjective
{
    private const double RisingShare = 0.1;

    private readonly GaussianVaeDescription _description;
    private readonly TrainingOptions _options;
    private readonly TorchNetwork _encoder;
    private readonly TorchNetwork _decoder;

    /// <summary>Makes the objective of a run.</summary>
    /// <param name="description">The networks.</param>
    /// <param name="weights">Initial weights; owned from here on.</param>
    /// <param name="options">How to train.</param>
    public GaussianObjective(GaussianVaeDescription description, WeightStore weights, TrainingOptions options)
    {
        _description = description;
        _options = options;
        Weights = weights;
        _encoder = new TorchNetwork(description.Encoder, weights);
        _decoder = new TorchNetwork(description.Decoder, weights);
    }

    /// <inheritdoc/>
    public WeightStore Weights { get; }

    /// <summary>Makes initial weights.</summary>
    /// <param name="description">The networks.</param>
    /// <param name="seed">Seed of the random weights.</param>
    /// <param name="device">Where they live.</param>
    public static WeightStore Initialise(GaussianVaeDescription description, int seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(description);
        using IDisposable noGrad = no_grad();
        manual_seed(seed);
        WeightStore weights = new(device);
        ModelInitialiser.AddNetwork(weights, description.Encoder);
        ModelInitialiser.AddNetwork(weights, description.Decoder);

        // Every posterior starts near the prior, and the decoder at grey.
        int last = description.Encoder.Layers.Count - 1, image = description.Decoder.Layers.Count - 2;
        weights[$"{description.Encoder.LayerName(last)}.weight"].mul_(0.1);
        weights[$"{description.Decoder.LayerName(image)}.weight"].mul_(0.1);
        return weights;
    }

    /// <summary>Pictures at the sizes the model is trained on: whole ones whose shorter side is the model's, and larger ones, of which crops are parts.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="description">The networks.</param>
    public static PictureSet AtTrainingSizes(PictureSet pictures, GaussianVaeDescription description)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(description);
        return pictures.Scaled(TrainingSides(description));
    }

    /// <summary>Their shorter sides in pixels, smallest first.</summary>
    /// <param name="description">The networks.</param>
    internal static IReadOnlyList<int> TrainingSides(GaussianVaeDescription description) => [.. Enumerable.Range(0, 4).Select(i => (int)Math.Round(description.Side * Math.Pow(2, i / 4.0)))];

    /// <summary>The middles of pictures, one crop each.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="description">The networks.</param>
    public static PictureSet Middles(PictureSet pictures, GaussianVaeDescription description)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(description);
        return pictures.Select(picture => PictureScaling.MiddleSquare(picture, description.Side));
    }

    /// <inheritdoc/>
    public ObjectiveValue Evaluate(torch.Tensor x, Random random, int step)
    {
        (torch.Tensor mean, torch.Tensor logVariance) = Encode(x);
        torch.Tensor z = mean + ((logVariance * 0.5).exp() * randn_like(mean));
        torch.Tensor error = (_decoder.Forward(z, _options.ComputeType) - x).square().mean([1, 2, 3]);
        torch.Tensor divergence = Divergence(mean, logVariance).sum([1, 2, 3]);
        double values = x.shape[1] * x.shape[2] * x.shape[3], pixels = x.shape[2] * x.shape[3];
        double beta = _options.Beta * Math.Min(1, (step + 1) / (RisingShare * _options.Steps));
        torch.Tensor loss = (error.mean().clamp(min: 1e-8).log() * 0.5) + (divergence.mean() * (beta / values));
        return new ObjectiveValue(loss, divergence.mean() / (Math.Log(2) * pixels), error.clamp(min: 1e-8).log10().mean());
    }

    /// <inheritdoc/>
    /// <remarks>One point: the rate of the divergence, and the PSNR of what the decoder makes of the posterior's mean.</remarks>
    public IReadOnlyList<ValidationPoint> Measure(PictureSet pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        using IDisposable noGrad = no_grad();
        int side = _description.Side;
        double rate = 0, quality = 0;
        foreach (DecodedPicture picture in pictures.Pictures)
        {
            using DisposeScope scope = NewDisposeScope();
            float[] pixels = new float[3 * side * side];
            (int left, int top) = ((picture.Picture.Width - side) / 2, (picture.Picture.Height - side) / 2);
            CropSampler.Fill(picture, left, top, side, side, false, pixels);
            torch.Tensor x = Upload.To(tensor(pixels).reshape(1, 3, side, side), Weights.Device);
            (torch.Tensor mean, torch.Tensor logVariance) = Encode(x);
            double error = (_decoder.Forward(mean, _options.ComputeType) - x).square().mean().to(CPU).ToDouble();
            rate += Divergence(mean, logVariance).sum().to(CPU).ToDouble() / (Math.Log(2) * side * side);
            quality += -10 * Math.Log10(Math.Max(error, 1e-8));
        }

        return [new ValidationPoint(0, rate / pictures.Pictures.Count, quality / pictures.Pictures.Count)];
    }

    /// <inheritdoc/>
    public void WriteFacts(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteString("posterior", "gaussian");
        json.WriteNumber("side", _description.Side);
        json.WriteNumber("latents", _description.Latents);
    }

    /// <inheritdoc/>
    public void Describe(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Metadata[GaussianVae.DescriptionKey] = _description.Write();
    }

    /// <inheritdoc/>
    public void Dispose() => Weights.Dispose();

    private static torch.Tensor Divergence(torch.Tensor mean, torch.Tensor logVariance) => 0.5 * (mean.square() + logVariance.exp() - 1 - logVariance);

    private (torch.Tensor Mean, torch.Tensor LogVariance) Encode(torch.Tensor x)
    {
        torch.Tensor[] halves = _encoder.Forward(x, _options.ComputeType).chunk(2, 1);
        return (halves[0], halves[1].clamp(GaussianVaeDescription.LowestLogVariance, GaussianVaeDescription.HighestLogVariance));
    }
}
