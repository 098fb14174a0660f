namespace VaeCodec.Models.TorchSharp.Tests.Support;

/// <summary>A test that needs libtorch; skipped, with the reason, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = Torch.Missing;
}
