using TorchSharp;
using VaeCodec.Models.Description;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests.Networks;

/// <summary>Convolutions whose kernels do not overlap are computed as products of matrices; the library's own say what comes out, and what the gradients are.</summary>
public class PatchConvolutionTests
{
    [TorchFact]
    public void FromPatches_IsTheConvolution()
        => Compare(new Convolution(3, 7, 4, 4, 0, true), [7, 3, 4, 4], [2, 3, 8, 12], (x, weight, bias) => torch.nn.functional.conv2d(x, weight, bias, strides: [4, 4]));

    [TorchFact]
    public void ToPatches_IsTheTransposedConvolution()
        => Compare(new TransposedConvolution(7, 3, 4), [7, 3, 4, 4], [2, 7, 3, 5], (x, weight, bias) => torch.nn.functional.conv_transpose2d(x, weight, bias, strides: [4, 4]));

    private static void Compare(Layer layer, long[] weightShape, long[] inputShape, Func<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor> expected)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        using WeightStore store = new(torch.CPU);
        NetworkDescription description = new("patches", [layer]) { IsSingle = true };
        string name = description.LayerName(0);
        store.Add($"{name}.weight", torch.randn(weightShape));
        store.Add($"{name}.bias", torch.randn(layer is Convolution c ? c.Outputs : ((TransposedConvolution)layer).Outputs));
        torch.Tensor x = torch.randn(inputShape).requires_grad_(), same = x.detach().clone().requires_grad_();
        torch.Tensor weight = store[$"{name}.weight"].detach().clone().requires_grad_(), bias = store[$"{name}.bias"].detach().clone().requires_grad_();

        torch.Tensor actual = new TorchNetwork(description, store).Forward(x, torch.ScalarType.Float32), wanted = expected(same, weight, bias);
        Assert.Equal(wanted.shape, actual.shape);
        torch.Tensor slope = torch.randn_like(wanted);
        (actual * slope).sum().backward();
        (wanted * slope).sum().backward();
        foreach ((torch.Tensor one, torch.Tensor other) in new[] { (actual, wanted), (x.grad!, same.grad!), (store[$"{name}.weight"].grad!, weight.grad!), (store[$"{name}.bias"].grad!, bias.grad!) })
        {
            Assert.InRange((one - other).abs().max().ToSingle(), 0, 1e-4f);
        }
    }
}
