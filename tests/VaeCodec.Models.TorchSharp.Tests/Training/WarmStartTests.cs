using TorchSharp;
using TorchSharp.Modules;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests.Training;

/// <summary>A run that starts from other widths or lambdas computes what the old network did.</summary>
public class WarmStartTests
{
    private const int Levels = 3;

    [TorchFact]
    public void SameNetworkAndLambdas_GiveTheSameWeights()
    {
        SafetensorsFile trained = Trained(48, 24, TinyModel.Options);
        using WeightStore loaded = Start(48, 24, trained, TinyModel.Options);
        foreach ((string name, Parameter value) in loaded.Ordered)
        {
            float[] expected = trained.Tensors[name].ToFloats(), actual = value.data<float>().ToArray();
            Assert.True(expected.Zip(actual, (e, a) => MathF.Abs(e - a)).Max() <= 1e-6f, name);
        }
    }

    /// <summary>The new latents reach nothing yet, and a context whose matrix has rank 20 is the same with 20 channels.</summary>
    [TorchFact]
    public void MoreLatentsAndANarrowerContext_KeepTheOldOnes()
    {
        SafetensorsFile trained = Trained(48, 24, TinyModel.Options);
        LowerRank(trained, 20);
        using TorchModel before = new(ModelDescription.Standard(48, 24), TinyModel.WeightsOf(trained));
        using TorchModel after = new(ModelDescription.Standard(64, 20), Start(64, 20, trained, TinyModel.Options));
        float[] expected = Symbols(before, 48, 48), actual = Symbols(after, 64, 48);
        Assert.InRange(expected.Zip(actual, (e, a) => e == a ? 0 : 1).Sum(), 0, expected.Length / 500);
        Assert.Contains(expected, symbol => symbol != 0);
    }

    [TorchFact]
    public void TablesAreReadWhereLambdasAgree()
    {
        SafetensorsFile trained = Trained(48, 24, TinyModel.Options);
        TrainingOptions wider = TinyModel.Options with { HighestLambda = TinyModel.Options.HighestLambda * 4 };
        using WeightStore loaded = Start(48, 24, trained, wider);
        double perLevel = Math.Log(TinyModel.Options.HighestLambda / TinyModel.Options.LowestLambda) / (Levels - 1);
        double last = Math.Log(wider.HighestLambda / wider.LowestLambda) / perLevel;
        float[] old = trained.Tensors["gain.log"].ToFloats(), now = loaded["gain.log"].data<float>().ToArray();
        for (int c = 0; c < 48; c++)
        {
            Assert.Equal(old[c], now[c], 1e-5f);
            float end = old[48 + c] + ((float)(last - 1) * (old[96 + c] - old[48 + c]));
            Assert.Equal(end, now[96 + c], 1e-4f);
        }
    }

    [TorchFact]
    public void WhatDoesNotFit_IsRefused()
    {
        SafetensorsFile trained = Trained(48, 24, TinyModel.Options);
        Assert.Throws<ModelFileException>(() => Start(48, 32, trained, TinyModel.Options));
        Assert.Throws<ModelFileException>(() => Start(32, 24, trained, TinyModel.Options));
        trained.Tensors.Remove("hyper_mean.0.bias");
        Assert.Throws<ModelFileException>(() => Start(48, 24, trained, TinyModel.Options));
    }

    /// <summary>Weights whose branches and predictors are not zero, as an untrained run's would be.</summary>
    private static SafetensorsFile Trained(int latents, int context, TrainingOptions options)
    {
        using WeightStore store = ModelInitialiser.Create(ModelDescription.Standard(latents, context), TinyModel.Pictures, options, Levels, torch.CPU);
        using (torch.no_grad())
        {
            torch.manual_seed(5);
            foreach ((_, Parameter value) in store.Ordered)
            {
                value.add_(torch.randn_like(value) * 0.01);
            }
        }

        SafetensorsFile file = store.Save();
        WarmStart.Describe(file, options);
        return file;
    }

    private static WeightStore Start(int latents, int context, SafetensorsFile from, TrainingOptions options)
    {
        WeightStore store = ModelInitialiser.Create(ModelDescription.Standard(latents, context), TinyModel.Pictures, options, Levels, torch.CPU);
        WarmStart.Load(store, from, options);
        return store;
    }

    /// <summary>Makes the last channels of the spatial context copies of the first.</summary>
    private static void LowerRank(SafetensorsFile file, int rank)
    {
        float[] weights = file.Tensors["context.spatial.weight"].ToFloats(), bias = file.Tensors["context.spatial.bias"].ToFloats();
        int size = weights.Length / bias.Length;
        for (int channel = rank; channel < bias.Length; channel++)
        {
            weights.AsSpan((channel - rank) * size, size).CopyTo(weights.AsSpan(channel * size));
        }

        file.Tensors["context.spatial.weight"] = Safetensors.Tensor.FromFloats([.. file.Tensors["context.spatial.weight"].Shape], weights);
    }

    private static float[] Symbols(TorchModel model, int channels, int kept)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = new CropSampler(TinyModel.Pictures, 1).Sample(new Random(2), 0, 1, 128, torch.CPU);
        float[] symbols = [];
        model.Forward(x, [1.3f], torch.ScalarType.Float32, false, false, (name, value) => symbols = name == "symbols" ? value.narrow(1, 0, kept).contiguous().data<float>().ToArray() : symbols);
        Assert.Equal(channels, (int)model.Weights["gain.log"].shape[1]);
        return symbols;
    }
}
