using TorchSharp;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>Tensors between TorchSharp and safetensors.</summary>
internal static class TensorConversion
{
    public static Safetensors.Tensor ToSafetensors(torch.Tensor tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor flat = tensor.detach().to(torch.ScalarType.Float32, torch.CPU).contiguous();
        return Safetensors.Tensor.FromFloats([.. tensor.shape.Select(size => (int)size)], flat.data<float>().ToArray());
    }

    public static torch.Tensor FromSafetensors(Safetensors.Tensor tensor)
        => torch.tensor(tensor.ToFloats()).reshape([.. tensor.Shape.Select(size => (long)size)]);
}
