using TorchSharp;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Export;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Objectives;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;
using VaeCodec.Train;

namespace VaeCodec.Models.TorchSharp.Tests.Objectives;

/// <summary>The small VAE: loss, training by the same trainer, export.</summary>
public class GaussianObjectiveTests
{
    private static readonly GaussianVaeDescription s_description = GaussianVaeDescription.Small(6);

    private static readonly TrainingOptions s_options = new() { Steps = 60, Batch = 8, Crop = s_description.Side, CropMultiple = 1, LargeShare = 0, LearningRate = 2e-3, WarmUp = 5, BFloat16 = false, Seed = 3, Beta = 2 };

    /// <summary>With the pixels and the posterior by hand: without noise there is none, so its spread is made next to nothing.</summary>
    [TorchFact]
    public void LossIsTheBound()
    {
        using GaussianObjective objective = new(s_description, GaussianObjective.Initialise(s_description, 1, torch.CPU), s_options);
        string posterior = s_description.Encoder.LayerName(s_description.Encoder.Layers.Count - 1);
        const float logVariance = -13;
        using (torch.no_grad())
        {
            objective.Weights[$"{posterior}.weight"].mul_(10);
            objective.Weights[$"{posterior}.bias"].copy_(torch.tensor((float[])[.. Enumerable.Repeat(0f, 6), .. Enumerable.Repeat(logVariance, 6)]));
            objective.Weights[$"{posterior}.weight"][6..].zero_();
        }

        SafetensorsFile file = objective.Weights.Save();
        file.Metadata[GaussianVae.FormatKey] = GaussianVae.FormatName;
        file.Metadata[GaussianVae.NameKey] = "test";
        objective.Describe(file);
        file.Tensors[GaussianVae.DeviationTensor] = Safetensors.Tensor.FromFloats([1], [1]);
        file.Tensors[GaussianVae.DivergencesTensor] = Safetensors.Tensor.FromFloats([6], new float[6]);
        using GaussianVae model = GaussianVae.Read(file.ToArray());
        DecodedPicture picture = GaussianObjective.Middles(TinyModel.Pictures, s_description).Pictures[0];
        float[] planar = new float[model.Samples];
        CropSampler.Fill(picture, 0, 0, model.Side, model.Side, false, planar);
        GaussianPosterior code = model.Encode(picture.Pixels);
        Assert.All(code.LogVariances, value => Assert.Equal(logVariance, value));

        float[] decoded = new float[model.Samples];
        model.Decode([.. code.Means], decoded);
        double error = decoded.Zip(picture.Pixels, (value, expected) => Math.Pow(value + 0.5 - (expected / 255.0), 2)).Average();

        // All of beta only once a tenth of the steps are done.
        foreach ((int step, double beta) in ((int, double)[])[(59, 2), (5, 2), (2, 1)])
        {
            using torch.Tensor x = torch.tensor(planar).reshape(1, 3, model.Side, model.Side);
            ObjectiveValue value = objective.Evaluate(x, new Random(1), step);
            double expected = (0.5 * Math.Log(error)) + (beta * code.TotalDivergence / model.Samples);
            Assert.Equal(expected, value.Loss.ToDouble(), 2e-3);
            Assert.Equal(code.TotalDivergence / Math.Log(2) / (model.Side * model.Side), value.BitsPerPixel.ToDouble(), 1e-4);
            Assert.Equal(Math.Log10(error), value.LogError.ToDouble(), 2e-3);
        }
    }

    [TorchFact]
    public void TrainedInParts_TheSame_AndBetter()
    {
        using TempFolder whole = new(), parts = new();
        byte[] expected = Train(whole.FullPath, 30);
        Train(parts.FullPath, 12);
        Assert.Equal(expected, Train(parts.FullPath, 18));
        ValidationRecord[] records = [.. RunHistory.Read(parts.FullPath).Validation];
        Assert.True(records[^1].Psnr > records[0].Psnr + 1, $"{records[0].Psnr} dB after 12 steps, {records[^1].Psnr} after 30");
        Assert.Equal("gaussian", RunHistory.Read(parts.FullPath).Parts[0].Text("posterior"));
    }

    [TorchFact]
    public async Task ExportedModel_IsTheTrainedOne_ItsLatentsByUse()
    {
        using TempFolder folder = new();
        string run = Directory.CreateDirectory(folder["run"]).FullName, pictures = Directory.CreateDirectory(folder["pictures"]).FullName;
        SafetensorsFile weights = SafetensorsFile.Parse(Train(run, 40));
        foreach (DecodedPicture picture in TinyModel.Pictures.Pictures)
        {
            string name = Path.Combine(pictures, $"{Directory.EnumerateFiles(pictures).Count()}.ppm");
            TinyModel.WritePpm(name, picture.Picture.Width, picture.Picture.Height, picture.Pixels);
        }

        Assert.Equal(2, await Program.RunAsync(["export", run, folder["no.vaemodel"], "--quiet"]));
        Assert.Equal(2, await Program.RunAsync(["export", run, folder["no.vaemodel"], "--held-out", pictures, "--every", "2", "--quiet"]));
        Assert.Equal(2, await Program.RunAsync(["export", run, folder["no.vaemodel"], "--held-out", pictures, "--remainder", folder["no.remainder"], "--quiet"]));
        Assert.False(File.Exists(folder["no.vaemodel"]) || File.Exists(folder["no.remainder"]));
        Assert.Equal(0, await Program.RunAsync(["export", run, folder["small.vaemodel"], "--held-out", pictures, "--name", "six", "--card-file", folder["card.md"], "--quiet"]));
        using GaussianVae model = GaussianVae.Load(folder["small.vaemodel"]);
        Assert.Equal("six", model.Name);
        Assert.Contains("6 latents are active", model.Metadata["sparsity"], StringComparison.Ordinal);
        Assert.Contains(model.Identity, File.ReadAllText(folder["card.md"]), StringComparison.Ordinal);
        Assert.Equal(model.Divergences.OrderDescending(), model.Divergences);

        // The same pictures through TorchSharp, with the weights as they were.
        using GaussianObjective objective = new(s_description, TinyModel.WeightsOf(weights), s_options);
        ValidationPoint expected = Assert.Single(objective.Measure(GaussianObjective.Middles(TinyModel.Pictures, s_description)));
        GaussianMeasures measures = GaussianMeasures.Of(model, GaussianObjective.Middles(TinyModel.Pictures, s_description));
        Assert.Equal(expected.Psnr, measures.Psnr, 0.01);
        Assert.Equal(expected.BitsPerPixel, measures.Divergences.Sum() / Math.Log(2) / (model.Side * model.Side), expected.BitsPerPixel * 0.01);
        Assert.All(measures.Divergences.Zip(model.Divergences), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * pair.First));

        // Measured with latents drawn at random, and before they were sorted: with other draws.
        Assert.Equal(1, Math.Sqrt(s_options.Beta) * measures.Deviation / model.PixelDeviation, 0.05);
    }

    private static byte[] Train(string folder, int steps)
    {
        using Trainer trainer = new(
            new GaussianObjective(s_description, GaussianObjective.Initialise(s_description, s_options.Seed, torch.CPU), s_options),
            s_options,
            GaussianObjective.AtTrainingSizes(TinyModel.Pictures, s_description),
            GaussianObjective.Middles(TinyModel.Pictures, s_description),
            folder,
            _ => { });
        trainer.Run(new TrainingPart { MaxSteps = steps }, CancellationToken.None);
        trainer.Validate();
        string path = Path.Combine(folder, "weights.safetensors");
        trainer.Export(path);
        return File.ReadAllBytes(path);
    }
}
