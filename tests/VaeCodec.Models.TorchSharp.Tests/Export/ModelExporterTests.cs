using TorchSharp;
using VaeCodec.Bundling;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Export;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests.Export;

public class ModelExporterTests
{
    [TorchFact]
    public async Task ExportedModel_CodesInFilesOfTheValidatedEntropy()
    {
        using TempFolder folder = new();

        // Small steps: sigmas start where they fit, and forty large ones would leave many far too small, whose tails the tables' escape makes cheaper than any Gaussian.
        SafetensorsFile weights = SafetensorsFile.Parse(TinyModel.Train(folder.FullPath, 40, TinyModel.Options with { LearningRate = 2e-4 }));
        ExportedModel exported = await ModelExporter.ExportAsync(Request(folder, weights) with { Fit = TableFit.None, Curve = TinyModel.Pictures.Take(2), Qualities = [34, 100] }, TinyModel.Description);
        Assert.InRange(exported.Report.Loss, -0.02, ModelExporter.MaxLoss);
        VaeModel model = VaeModel.Load(exported.File);
        Assert.Equal(exported.Model.Identity, model.Identity);

        // Quality 34 and 67 are levels 1 and 2 of four; the validator sees the same pictures with float weights.
        using TorchModel torchModel = new(TinyModel.Description, TinyModel.WeightsOf(weights));
        PictureSet one = TinyModel.Pictures.Take(1);
        DecodedPicture picture = one.Pictures[0];
        IReadOnlyList<ValidationPoint> validated = Validator.Measure(torchModel, one, [1, 2], torch.ScalarType.Float32);
        foreach ((int quality, int index) in ((int, int)[])[(34, 0), (67, 1)])
        {
            byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, new VaeEncoderOptions { Model = model, Quality = quality, Threads = 1 });
            DecodedPicture decoded = VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model], Threads = 1 });
            double entropy = validated[index].BitsPerPixel * picture.Picture.Width * picture.Picture.Height / 8;
            Assert.True(Math.Abs(file.Length - entropy) <= (0.03 * entropy) + 128, $"quality {quality}: {file.Length} bytes where the entropy is {entropy:F0}");
            Assert.Equal(validated[index].Psnr, Psnr(picture.Pixels, decoded.Pixels), 0.1);
        }

        Assert.Equal([34, 100], exported.Curve.Select(point => point.Quality));
        Assert.True(exported.Curve[1].BitsPerPixel > exported.Curve[0].BitsPerPixel && exported.Curve[1].Psnr > exported.Curve[0].Psnr);
    }

    [TorchFact]
    public async Task Card_SaysWhatTheLogKnows_InTheFileAndOnThePage()
    {
        using TempFolder folder = new();
        TinyModel.Train(folder.FullPath, 2);
        SafetensorsFile weights = SafetensorsFile.Parse(TinyModel.Train(folder.FullPath, 38));
        ExportedModel exported = await ModelExporter.ExportAsync(
            Request(folder, weights) with { Card = new Dictionary<string, string> { ["note"] = "pipes | and\nlines", ["data"] = "made up" }, Curve = TinyModel.Pictures.Take(1), Qualities = [50] },
            TinyModel.Description);
        IReadOnlyDictionary<string, string> metadata = exported.Model.Metadata;
        Assert.Equal("made up", metadata["data"]);

        // 30 batches of 4 small crops, then 10 of one large crop.
        Assert.StartsWith("40 steps, 130 crops seen; batches of 4 crops of 64 x 64; from step 30 on batches of 1 crops of 128 x 128", metadata["training"], StringComparison.Ordinal);
        Assert.Contains("learning rate up to 0.002 after 5 steps", metadata["optimiser"], StringComparison.Ordinal);
        Assert.EndsWith("in 2 parts", metadata["time"], StringComparison.Ordinal);
        Assert.Contains("1 thread", metadata["hardware"], StringComparison.Ordinal);
        Assert.Contains("4 trained levels (lambda 0.0009 to 1.5)", metadata["rates"], StringComparison.Ordinal);
        Assert.StartsWith("quality 50: ", metadata["curve"], StringComparison.Ordinal);
        Assert.DoesNotContain(folder.FullPath, string.Concat(metadata.Values), StringComparison.Ordinal);

        string page = exported.Card.ToMarkdown("tiny.vaemodel", exported.File.Length);
        Assert.StartsWith("# Model card: tiny\n", page, StringComparison.Ordinal);
        Assert.Contains($"| identity | {exported.Model.Identity} |", page, StringComparison.Ordinal);
        Assert.Contains("| note | pipes \\| and lines |", page, StringComparison.Ordinal);
        Assert.Contains("| quality | bits per pixel | PSNR (RGB) |", page, StringComparison.Ordinal);
    }

    /// <summary>
    /// Two channels of large values are added to the scale network, whose difference the last layer takes: in real numbers it
    /// cancels and the network is the same function as before, in eight bits for each it does not.
    /// </summary>
    [TorchFact]
    public async Task ScaleNetworkThatEightBitsCannotHold_IsRefused()
    {
        using TempFolder folder = new();
        SafetensorsFile weights = SafetensorsFile.Parse(TinyModel.Train(folder.FullPath, 10));
        VaeModelException refusal = await Assert.ThrowsAsync<VaeModelException>(() => ModelExporter.ExportAsync(Request(folder, TooUneven.Make(weights)), TinyModel.Description));
        Assert.Equal(VaeError.ModelInvalid, refusal.Error);
        Assert.Contains("less than 0.5 % is allowed", refusal.Message, StringComparison.Ordinal);

        // It is the quantisation that is refused, not what the network computes.
        ExportedModel accepted = await ModelExporter.ExportAsync(Request(folder, weights), TinyModel.Description);
        Assert.True(accepted.Report.Loss < ModelExporter.MaxLoss);
    }

    [TorchFact]
    public async Task WeightsThatAreNotARunsAverage_AreRefused()
    {
        using TempFolder folder = new();
        SafetensorsFile weights = SafetensorsFile.Parse(TinyModel.Train(folder.FullPath, 1));
        weights.Metadata.Clear();
        await Assert.ThrowsAsync<VaeModelException>(() => ModelExporter.ExportAsync(Request(folder, weights), TinyModel.Description));
        weights.Tensors.Remove("analysis.linear.weight");
        await Assert.ThrowsAsync<VaeModelException>(() => ModelExporter.ExportAsync(Request(folder, weights)));
    }

    private static ExportRequest Request(TempFolder folder, SafetensorsFile weights)
        => new() { Weights = weights, Run = RunHistory.Read(folder.FullPath), Calibration = TinyModel.Calibration(), Name = "tiny", Threads = 1 };

    private static double Psnr(byte[] left, byte[] right)
        => 10 * Math.Log10(255.0 * 255.0 / left.Zip(right, (l, r) => (double)(l - r) * (l - r)).Average());
}
