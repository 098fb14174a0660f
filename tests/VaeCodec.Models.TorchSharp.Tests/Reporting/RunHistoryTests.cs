using VaeCodec.Models.TorchSharp.Export;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests.Reporting;

public class RunHistoryTests
{
    private const string Options = "\"options\":{\"Steps\":100,\"Batch\":10,\"LargeBatch\":2,\"LargeShare\":0.5}";

    /// <summary>Killed at step 40 after a checkpoint at 30, resumed with other batches, ended at 80; weights of step 80.</summary>
    [Fact]
    public void LostSteps_CountAsTimeButNotAsSamples()
    {
        RunHistory history = Read(
            $"{{\"event\":\"run\",\"step\":0,{Options}}}",
            Train(20, 2),
            Train(40, 2),
            $"{{\"event\":\"run\",\"step\":30,{Options.Replace("\"Batch\":10", "\"Batch\":7", StringComparison.Ordinal)}}}",
            Train(60, 1),
            "{\"event\":\"end\",\"step\":80,\"seconds\":50}",
            $"{{\"event\":\"run\",\"step\":80,{Options}}}",
            Train(90, 1));
        RunSummary summary = RunSummary.Of(history, 80);
        Assert.Equal(20 + 50, summary.Seconds, 9);
        Assert.Equal((30 * 10) + (20 * 7) + (30 * 2), summary.Samples);
        Assert.Equal(2, summary.Parts.Count);
        Assert.Equal([20, 60, 90], history.Training.Select(point => point.Step));
    }

    /// <summary>The last part says how a run was trained; where parts before it were trained otherwise, the card says that, too.</summary>
    [Fact]
    public void CardTellsOfPartsWithOtherOptions()
    {
        const string First = "\"options\":{\"Steps\":13000,\"WarmUp\":200,\"LearningRate\":0.0004}", Then = "\"options\":{\"Steps\":17500,\"WarmUp\":200,\"LearningRate\":0.0004,\"CoolDown\":0.3}";
        RunHistory history = Read(
            $"{{\"event\":\"run\",\"step\":0,{First}}}",
            "{\"event\":\"end\",\"step\":833,\"seconds\":50}",
            $"{{\"event\":\"run\",\"step\":833,{Then}}}",
            "{\"event\":\"end\",\"step\":17500,\"seconds\":50}");
        string text = TrainingFacts.Optimiser(RunSummary.Of(history, 17500));
        Assert.Contains("learning rate up to 0.0004 after 200 steps of warm-up, then constant; from step 12,250 on falling along a cosine until step 17,500", text, StringComparison.Ordinal);
        Assert.Contains("until step 833 with Steps 13000, CoolDown 1", text, StringComparison.Ordinal);

        // One text for parts alike, and none of steps that were lost.
        text = TrainingFacts.Optimiser(RunSummary.Of(
            Read(
                $"{{\"event\":\"run\",\"step\":0,{First}}}",
                "{\"event\":\"end\",\"step\":300,\"seconds\":50}",
                $"{{\"event\":\"run\",\"step\":300,{First}}}",
                Train(900, 1),
                $"{{\"event\":\"run\",\"step\":833,{Then}}}",
                "{\"event\":\"end\",\"step\":17500,\"seconds\":50}"),
            17500));
        Assert.EndsWith("; until step 833 with Steps 13000, CoolDown 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("until step 300", text, StringComparison.Ordinal);
        Assert.DoesNotContain("until step 833", TrainingFacts.Optimiser(RunSummary.Of(Read($"{{\"event\":\"run\",\"step\":0,{First}}}", "{\"event\":\"end\",\"step\":833,\"seconds\":50}", $"{{\"event\":\"run\",\"step\":833,{First}}}"), 900)), StringComparison.Ordinal);
    }

    [Fact]
    public void LogsWithoutStartingEvents_StillTellTheTime()
    {
        RunHistory history = Read(Train(20, 2), Train(40, 2), Train(30, 1), Train(50, 4));
        RunSummary summary = RunSummary.Of(history, 50);
        Assert.Equal(10 + 10 + 5, summary.Seconds, 9);
        Assert.Null(summary.Samples);
        Assert.Null(summary.Described);
        Assert.Equal([20, 30, 50], history.Training.Select(point => point.Step));
    }

    [Fact]
    public void LineStillBeingWritten_IsLeftOut_AndADamagedOneIsRefused()
    {
        RunHistory history = Read(Train(20, 2), "{\"event\":\"tra");
        Assert.Single(history.Training);
        Assert.Throws<VaeFormatException>(() => Read("{\"event\":\"tra", Train(20, 2)));
        Assert.Throws<VaeFormatException>(() => Read("{\"event\":\"train\"}", Train(20, 2)));
        Assert.Throws<VaeFormatException>(() => Read("[1]", Train(20, 2)));
    }

    internal static string Train(int step, double stepsPerSecond)
        => FormattableString.Invariant($"{{\"event\":\"train\",\"step\":{step},\"loss\":{6 - (step / 1000.0)},\"bpp\":1.2,\"psnr\":null,\"gradient_norm\":9.5,\"rate\":0.0001,\"steps_per_second\":{stepsPerSecond}}}");

    internal static RunHistory Read(params string[] lines)
    {
        using TempFolder folder = new();
        File.WriteAllText(folder[RunHistory.FileName], string.Join('\n', lines));
        return RunHistory.Read(folder.FullPath);
    }
}
