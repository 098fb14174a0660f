using VaeCodec.Bundling;
using VaeCodec.Imaging;
using VaeCodec.Models.Safetensors;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Oracle;

/// <summary>The weights whose tensors and curve another library recorded, made into a model file; bundled once for all tests.</summary>
internal static class BootstrapModel
{
    public const string Weights = "models/bootstrap.safetensors";
    public const string Calibration = "data/train";

    private static readonly Lazy<Task<VaeModel>> s_model = new(BundleAsync);

    public static Task<VaeModel> Value => s_model.Value;

    private static async Task<VaeModel> BundleAsync()
    {
        SafetensorsFile weights = SafetensorsFile.Load(SharedFolder.File(Weights));
        IEnumerable<string> pictures = PictureFolder.Files(SharedFolder.File(Calibration), 16);
        (byte[] file, RateReport report) = await ModelBundler.BundleAsync(weights, StandardNetwork.Of(weights), "bootstrap", new Dictionary<string, string>(), PictureFolder.OpenAsync(pictures), TableFit.None);
        Assert.InRange(report.Loss, -0.0005, 0.0005);
        return VaeModel.Load(file);
    }
}
