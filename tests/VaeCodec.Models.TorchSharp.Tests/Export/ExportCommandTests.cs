using TorchSharp;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;
using VaeCodec.Train;

namespace VaeCodec.Models.TorchSharp.Tests.Export;

/// <summary>The command line: a narrow standard network, told by the shapes of its weights.</summary>
public class ExportCommandTests
{
    private const int Failure = 1, Usage = 2, Model = 5;

    [TorchFact]
    public async Task ModelAndCardAppear_WholeOrNotAtAll()
    {
        using TempFolder folder = new();
        string run = Directory.CreateDirectory(folder["run"]).FullName, pictures = Directory.CreateDirectory(folder["pictures"]).FullName;
        File.WriteAllText(Path.Combine(run, "log.jsonl"), string.Empty);
        File.WriteAllBytes(Path.Combine(run, "weights.safetensors"), Weights(16).ToArray());
        DecodedPicture picture = TinyModel.Pictures.Pictures[0];
        File.WriteAllBytes(Path.Combine(pictures, "one.ppm"), [.. System.Text.Encoding.ASCII.GetBytes($"P6\n{picture.Picture.Width} {picture.Picture.Height}\n255\n"), .. picture.Pixels]);
        string output = folder["new.vaemodel"], card = folder["new.md"];
        string[] arguments = ["export", run, output, "--pictures", pictures, "--card-file", card, "--name", "narrow", "-j", "1", "--quiet"];

        Assert.Equal(0, await Program.RunAsync(arguments));
        VaeModel model = VaeModel.Load(output);
        Assert.Equal("narrow", model.Name);
        Assert.Contains("16 latent channels", model.Metadata["network"], StringComparison.Ordinal);
        Assert.Contains(model.Identity, File.ReadAllText(card), StringComparison.Ordinal);

        // Neither is replaced unasked, and a failure leaves both as they are.
        Assert.Equal(Failure, await Program.RunAsync(arguments));
        byte[] before = File.ReadAllBytes(output);
        File.Delete(Path.Combine(run, "weights.safetensors"));
        Assert.NotEqual(0, await Program.RunAsync([.. arguments, "-f"]));
        Assert.Equal(before, File.ReadAllBytes(output));
        Assert.Equal(4, Directory.EnumerateFileSystemEntries(folder.FullPath).Count());
    }

    [TorchFact]
    public async Task RefusedWeights_LeaveNoFile()
    {
        using TempFolder folder = new();
        TinyModel.Train(folder.FullPath, 1);
        int files = Directory.EnumerateFiles(folder.FullPath).Count();

        // The tiny network is not the standard one: the bundler refuses it after the output was opened.
        Assert.Equal(Model, await Program.RunAsync(["export", folder.FullPath, folder["out.vaemodel"], "--pictures", folder.FullPath, "--card-file", folder["out.md"]]));
        Assert.Equal(files, Directory.EnumerateFiles(folder.FullPath).Count());
        Assert.Equal(Usage, await Program.RunAsync(["export", folder.FullPath, folder["out.vaemodel"], "--pictures", folder.FullPath, "--card", "name=other"]));
        Assert.Equal(Usage, await Program.RunAsync(["export", folder.FullPath]));
    }

    private static SafetensorsFile Weights(int latentChannels)
    {
        using WeightStore store = ModelInitialiser.Create(ModelDescription.Standard(latentChannels), TinyModel.Pictures, TinyModel.Options, TinyModel.Levels, torch.CPU);
        SafetensorsFile file = store.Save();
        file.Metadata["steps"] = "0";
        return file;
    }
}
