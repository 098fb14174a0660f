using TorchSharp;
using VaeCodec.Bundling;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests.Networks;

/// <summary>The whole model against tensors that another program computed with the same weights in 32-bit floats.</summary>
public class WholeModelParityTests
{
    private const float Level = 4;

    [ReferenceFact]
    public void EveryTensorIsThatOfTheReference()
    {
        string folder = ReferenceFactAttribute.Folder!;
        SafetensorsFile weights = SafetensorsFile.Load(Path.Combine(folder, "bootstrap.safetensors")), reference = SafetensorsFile.Load(Path.Combine(folder, "bootstrap-reference.safetensors"));
        using TorchModel model = new(StandardNetwork.Of(weights), TinyModel.WeightsOf(weights));
        Dictionary<string, float[]> actual = [];
        TrainingPass pass;
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TensorConversion.FromSafetensors(reference.Tensors["x"]);
        pass = model.Forward(x, [Level], torch.ScalarType.Float32, false, false, (name, value) => actual[name] = value.contiguous().data<float>().ToArray());

        foreach ((string name, float tolerance) in ((string, float)[])[("y", 1e-5f), ("y_q", 1e-4f), ("hyper_input", 1e-4f), ("z", 1e-3f), ("z_hat", 0), ("hyper_mean", 1e-3f), ("log_sigma", 1e-3f), ("mu", 2e-3f), ("x_hat", 2e-3f)])
        {
            // The reference has log sigma without its floor.
            float[] expected = name == "log_sigma" ? Array.ConvertAll(reference.Tensors[name].ToFloats(), value => MathF.Max(value, (float)Math.Log(TorchModel.MinSigma))) : reference.Tensors[name].ToFloats();
            Assert.Equal(expected.Length, actual[name].Length);
            float largest = expected.Zip(actual[name], (e, a) => MathF.Abs(e - a)).Max();
            Assert.True(largest <= tolerance, $"{name} differs by up to {largest}");
        }

        float[] symbols = reference.Tensors["symbols"].ToFloats();
        int differing = symbols.Zip(actual["symbols"], (e, a) => e == a ? 0 : 1).Sum();
        Assert.InRange(differing, 0, symbols.Length / 8000);
        double bits = reference.Tensors["bits_y"].ToFloats().Sum(value => (double)value) + reference.Tensors["bits_z"].ToFloats().Sum(value => (double)value);
        Assert.Equal(bits, pass.BitsPerPixel.item<float>() * x.shape[2] * x.shape[3], bits * 2e-3);
    }
}
