using TorchSharp;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Export;
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
        TinyModel.WritePpm(Path.Combine(pictures, "one.ppm"), picture.Picture.Width, picture.Picture.Height, picture.Pixels);
        string output = folder["new.vaemodel"], card = folder["new.md"], remainder = folder["new.remainder"];
        string[] arguments = ["export", run, output, "--pictures", pictures, "--card-file", card, "--remainder", remainder, "--name", "narrow", "-j", "1", "--quiet"];

        Assert.Equal(0, await Program.RunAsync(arguments));
        VaeModel model = VaeModel.Load(output);
        Assert.Equal("narrow", model.Name);
        Assert.Contains("16 latent channels", model.Metadata["network"], StringComparison.Ordinal);
        Assert.Contains(model.Identity, File.ReadAllText(card), StringComparison.Ordinal);

        // The model file and what it leaves out are the weights again: kernels at 16 bits, tables as they were.
        SafetensorsFile weights = SafetensorsFile.Load(Path.Combine(run, "weights.safetensors")), left = SafetensorsFile.Load(remainder);
        SafetensorsFile joined = TrainingRemainder.Join([SafetensorsFile.Load(output), left]);
        Assert.Equal(weights.Metadata, left.Metadata);
        Assert.All(left.Tensors.Keys, name => Assert.Matches("^(gain|z_prior|hyper_scale|hyper_mean\\.gain)", name));
        Assert.All(weights.Tensors, entry =>
        {
            Assert.Equal(entry.Value.Shape, joined.Tensors[entry.Key].Shape);
            bool kernel = entry.Value.Shape.Count == 4;
            Assert.All(entry.Value.ToFloats().Zip(joined.Tensors[entry.Key].ToFloats()), pair => Assert.Equal(kernel ? (float)(Half)pair.First : pair.First, kernel ? (float)(Half)pair.Second : pair.Second, MathF.Abs(pair.First) / 1000));
        });
        File.Delete(remainder);

        // Two outputs are two files.
        Assert.Equal(Failure, await Program.RunAsync([.. arguments.Select(argument => argument == remainder ? card : argument), "-f"]));

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
