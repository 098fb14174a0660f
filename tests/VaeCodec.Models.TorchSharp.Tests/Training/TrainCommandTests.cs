using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;
using VaeCodec.Train;

namespace VaeCodec.Models.TorchSharp.Tests.Training;

/// <summary>The command line: what is asked for is what the run does.</summary>
public class TrainCommandTests
{
    /// <summary>Enough for the large crops that are usual, 256: the lack of such pictures is a usage error, too.</summary>
    private const int Side = 320;

    private const int Usage = 2;

    [TorchFact]
    public async Task OptionsOfTheSchedule_Arrive()
    {
        using TempFolder folder = new();
        string run = folder["run"], pictures = Pictures(folder);
        Assert.Equal(0, await Program.RunAsync([
            "train", run, "--pictures", pictures, "--held-out", pictures, "--levels", "3", "--steps", "40", "--max-steps", "1", "--batch", "2", "--crop", "64", "--large-batch", "1", "--large-crop", "128",
            "--large-share", "0.4", "--lambda-exponent", "0.3", "--learning-rate", "0.002", "--warm-up", "5", "--cool-down", "0.6", "--float32", "--seed", "7", "--validate-on", "0"]));
        RunPart part = Assert.Single(RunHistory.Read(run).Parts);
        Assert.Equal(1, part.LastStep);
        Assert.True(File.Exists(Path.Combine(run, Trainer.WeightsName)));
        (string Option, double Value)[] expected =
        [
            ("Steps", 40), ("Batch", 2), ("Crop", 64), ("LargeBatch", 1), ("LargeCrop", 128), ("LargeShare", 0.4), ("LambdaExponent", 0.3), ("LearningRate", 0.002), ("WarmUp", 5), ("CoolDown", 0.6), ("Seed", 7),
        ];
        Assert.All(expected, option => Assert.Equal(option.Value, part.OptionNumber(option.Option)));
        Assert.False(part.OptionFlag("BFloat16"));
        Assert.Equal("Adam", part.OptionText("Optimiser"));
        Assert.Equal("3", part.RawText("levels"));
    }

    [TorchFact]
    public async Task TheSmallVae_HasOptionsOfItsOwn()
    {
        using TempFolder folder = new();
        string pictures = Pictures(folder);
        string[] line = ["train", folder["run"], "--pictures", pictures, "--held-out", pictures, "--network", "gaussian", "--steps", "4", "--max-steps", "2", "--batch", "2", "--beta", "4", "--validate-on", "0"];
        Assert.Equal(0, await Program.RunAsync(line));
        RunPart part = Assert.Single(RunHistory.Read(folder["run"]).Parts);
        Assert.Equal((2, 4, 32, 0), (part.LastStep, part.OptionNumber("Beta"), part.OptionNumber("Crop"), part.OptionNumber("LargeShare")));

        // And goes on where it stands.
        Assert.Equal(0, await Program.RunAsync(line));
        Assert.Equal([2, 4], RunHistory.Read(folder["run"]).Parts.Select(each => each.LastStep));
    }

    [TorchTheory]
    [InlineData("--beta", "2")]
    [InlineData("--network", "gaussian", "--crop", "64")]
    [InlineData("--network", "gaussian", "--levels", "4")]
    [InlineData("--minutes", "-1")]
    [InlineData("--batch", "0")]
    [InlineData("--crop", "100")]
    [InlineData("--large-crop", "384")]
    public async Task WhatCannotBeMeant_IsRefused_AndLeavesNothing(params string[] more)
    {
        using TempFolder folder = new();
        string pictures = Pictures(folder);
        Assert.Equal(Usage, await Program.RunAsync(["train", folder["run"], "--pictures", pictures, "--held-out", pictures, "--max-steps", "1", .. more]));
        Assert.False(Directory.Exists(folder["run"]));
    }

    private static string Pictures(TempFolder folder)
    {
        string pictures = Directory.CreateDirectory(folder["pictures"]).FullName;
        byte[] pixels = new byte[Side * Side * 3];
        new Random(3).NextBytes(pixels);
        TinyModel.WritePpm(Path.Combine(pictures, "noise.ppm"), Side, Side, pixels);
        return pictures;
    }
}
