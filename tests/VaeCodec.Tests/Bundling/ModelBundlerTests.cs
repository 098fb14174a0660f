using VaeCodec.Bundling;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Bundling;

public class ModelBundlerTests
{
    private static readonly Dictionary<string, string> s_texts = new() { ["training"] = "none" };

    [Fact]
    public async Task TheSameInput_GivesTheSameFile()
    {
        (byte[] file, _) = await BundleAsync(SmallModel.FloatWeights(), SmallModel.CalibrationPictures());
        Assert.Equal(SmallModel.File, file);
        VaeModel model = VaeModel.Load(file);
        Assert.Equal("small", model.Name);
        Assert.Equal("none", model.Metadata["training"]);
        Assert.Matches("^[0-9a-f]{64}$", model.Identity);
        (double encoder, double decoder) = model.MultiplyAddsPerPixel;
        Assert.True(encoder > 0 && decoder > encoder / 10);
    }

    [Fact]
    public void Gains_AreInterpolatedInTheLogDomain()
    {
        Model model = SmallModel.Instance.Networks;
        foreach (int quality in (int[])[1, 2, 50, 99, 100])
        {
            double expected = 2 * Math.Pow(1.7, 9 * (quality - 1) / 99.0);
            Assert.Equal(expected, model.Gain(quality)[3], expected * 1e-5);
            Assert.Equal(1 / expected, model.InverseGain(quality)[3], 1e-5 / expected);
        }
    }

    [Fact]
    public async Task WeightsThatAreMissingOrNotFinite_AreRefused()
    {
        foreach (string name in (string[])["gain.log", "hyper_scale.bias", "hyper_mean.gain", "z_prior.mean", "z_prior.log_scale", "hyper_scale.0.weight", "analysis.branch.1.weight", "synthesis.linear.bias"])
        {
            SafetensorsFile missing = SmallModel.FloatWeights();
            missing.Tensors.Remove(name);
            VaeModelException exception = await Assert.ThrowsAsync<VaeModelException>(() => BundleAsync(missing, SmallModel.CalibrationPictures()));
            Assert.Equal(VaeError.ModelInvalid, exception.Error);
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);

            SafetensorsFile nan = SmallModel.FloatWeights();
            float[] values = nan.Tensors[name].ToFloats();
            values[0] = float.NaN;
            nan.Tensors[name] = Tensor.FromFloats([.. nan.Tensors[name].Shape], values);
            exception = await Assert.ThrowsAsync<VaeModelException>(() => BundleAsync(nan, SmallModel.CalibrationPictures()));
            Assert.Equal(VaeError.ModelInvalid, exception.Error);
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TablesWithoutALevel_AreRefused()
    {
        SafetensorsFile weights = SmallModel.FloatWeights();
        foreach (string name in (string[])["gain.log", "gain.log_inverse", "hyper_scale.bias", "hyper_mean.gain", "z_prior.mean", "z_prior.log_scale"])
        {
            weights.Tensors[name] = Tensor.FromFloats([0, weights.Tensors[name].Shape[1]], []);
        }

        VaeModelException exception = await Assert.ThrowsAsync<VaeModelException>(() => BundleAsync(weights, SmallModel.CalibrationPictures()));
        Assert.Equal(VaeError.ModelInvalid, exception.Error);
        Assert.Contains("gain.log", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A branch that computes nothing: the latents are the samples of 16 x 16 pixels, added to the linear path's.</summary>
    [Fact]
    public async Task AnAnalysisOfOneUnshuffle_Works()
    {
        ModelDescription description = SmallModel.Describe(768, [new PixelUnshuffle(16)]);
        (byte[] file, _) = await ModelBundler.BundleAsync(SmallModel.FloatWeights(description), description, "unshuffle", s_texts, SmallModel.CalibrationPictures());
        VaeModel model = VaeModel.Load(file);
        PictureDescription picture = new(300, 70, PixelLayout.Rgb24);
        byte[] Encode(int threads) => VaeEncoder.Encode(picture, TestPicture.Pixels(picture, 1), new VaeEncoderOptions { Model = model, TileSize = 256, Threads = threads });
        byte[] coded = Encode(1);
        Assert.Equal(coded, Encode(2));
        Assert.Equal(VaeDecoder.Decode(coded, new VaeDecoderOptions { Models = [model], Threads = 1 }).Pixels, VaeDecoder.Decode(coded, new VaeDecoderOptions { Models = [model], Threads = 2 }).Pixels);
    }

    [Fact]
    public async Task NoPicture_IsRefused()
        => await Assert.ThrowsAsync<VaeModelException>(() => BundleAsync(SmallModel.FloatWeights(), AsyncEnumerable.Empty<IRowSource>()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task FilesAreSmallestAtTheEffortThatTablesWereFittedTo(int effort)
    {
        async Task<int> SizeAsync(int fitted)
        {
            TableFit fit = fitted == 1 ? TableFit.Rounded : TableFit.Weighed;
            (byte[] file, _) = await ModelBundler.BundleAsync(SmallModel.FloatWeights(), SmallModel.Description, "small", s_texts, SmallModel.CalibrationPictures(), fit);
            PictureDescription picture = new(200, 190, PixelLayout.Rgb24);
            return VaeEncoder.Encode(picture, TestPicture.Pixels(picture, 1), new VaeEncoderOptions { Model = VaeModel.Load(file), Quality = 50, Effort = effort }).Length;
        }

        Assert.True(await SizeAsync(effort) < await SizeAsync(3 - effort));
    }

    [Fact]
    public async Task WithoutFitting_TablesAreGaussian()
    {
        (byte[] file, RateReport report) = await ModelBundler.BundleAsync(SmallModel.FloatWeights(), SmallModel.Description, "small", s_texts, SmallModel.CalibrationPictures(), TableFit.None);
        Model model = VaeModel.Load(file).Networks;
        Assert.Equal(0, report.Saved);
        for (int index = 0; index < model.Scales.Count; index++)
        {
            Assert.Equal(ProbabilityTables.Scale(index), Enumerable.Range(0, model.Scales[index].SymbolCount + 1).Select(model.Scales[index].Frequency));
        }
    }

    private static Task<(byte[] File, RateReport Report)> BundleAsync(SafetensorsFile weights, IAsyncEnumerable<IRowSource> pictures)
        => ModelBundler.BundleAsync(weights, SmallModel.Description, "small", s_texts, pictures);
}
