using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests.Training;

public class TrainerTests
{
    /// <summary>Through the change to large crops too, which comes after three quarters of the steps.</summary>
    [TorchTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void RunInParts_GivesTheWeightsOfAnUnbrokenOne(bool bfloat16)
    {
        TrainingOptions options = TinyModel.Options with { Steps = 8, BFloat16 = bfloat16 };
        using TempFolder whole = new(), parts = new();
        byte[] expected = TinyModel.Train(whole.FullPath, 8, options);
        TinyModel.Train(parts.FullPath, 3, options);
        TinyModel.Train(parts.FullPath, 4, options);
        Assert.NotEqual(expected, File.ReadAllBytes(parts["weights.safetensors"]));
        Assert.Equal(expected, TinyModel.Train(parts.FullPath, 1, options));

        // Each part wrote where it began and ended.
        RunHistory history = RunHistory.Read(parts.FullPath);
        Assert.Equal([(0, 3), (3, 7), (7, 8)], history.Parts.Select(part => (part.FirstStep, part.LastStep)));
        Assert.All(history.Parts, part => Assert.True(part.Seconds > 0));
    }

    /// <summary>At low rates, where the branches have something to add to the transform that training starts from.</summary>
    [TorchFact]
    public void LossOfFixedCropsFalls()
    {
        TrainingOptions options = TinyModel.Options with { Steps = 100, Batch = 8, LargeShare = 0, HighestLambda = 0.02, WarmUp = 10 };
        using TempFolder folder = new();
        SafetensorsFile trained = SafetensorsFile.Parse(TinyModel.Train(folder.FullPath, 90, options));
        using TorchModel before = new(TinyModel.Description, TinyModel.Weights()), after = new(TinyModel.Description, TinyModel.WeightsOf(trained));
        double initial = Loss(before, options), final = Loss(after, options);
        Assert.True(final < 0.98 * initial, $"the loss went from {initial} to {final}");
    }

    [TorchFact]
    public void LogOfARun_SaysWhatItIs()
    {
        using TempFolder folder = new();
        TinyModel.Train(folder.FullPath, 2, TinyModel.Options with { StartedFrom = "elsewhere/weights.safetensors" });
        RunPart part = Assert.Single(RunHistory.Read(folder.FullPath).Parts);
        Assert.Equal(TinyModel.LatentChannels, part.Number("latent_channels"));
        Assert.Equal(TinyModel.Levels, part.Number("levels"));
        Assert.Equal(TinyModel.Pictures.Pictures.Count, part.Number("pictures"));
        Assert.Equal("generated", part.Text("picture_folder"));
        Assert.Equal("cpu", part.Text("device"));
        Assert.False(string.IsNullOrEmpty(part.Text("hardware")));
        Assert.Matches(@"^\d+\.\d+", part.Text("torchsharp"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", part.Text("time"));
        Assert.Equal(0.002, part.OptionNumber("LearningRate"));
        Assert.Equal("elsewhere/weights.safetensors", part.OptionText("StartedFrom"));
        Assert.False(part.OptionFlag("BFloat16"));
    }

    private static double Loss(TorchModel model, TrainingOptions options)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(11);
        const int count = 12;
        torch.Tensor x = new CropSampler(TinyModel.Pictures).Sample(new Random(11), count, 64, torch.CPU);
        float[] levels = [.. Enumerable.Range(0, count).Select(i => (TinyModel.Levels - 1) * i / (float)(count - 1))];
        float[] lambdas = [.. levels.Select(level => (float)options.Lambda(level, TinyModel.Levels))];
        TrainingPass pass = model.Forward(x, levels, torch.ScalarType.Float32, true);
        torch.Tensor lambda = torch.tensor(lambdas);
        return ((pass.BitsPerPixel + (lambda * 255 * 255 * pass.MeanSquaredError)) / lambda.pow(0.25)).mean().item<float>();
    }
}
