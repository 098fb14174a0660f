namespace VaeCodec.Models.TorchSharp.Tests.Support;

/// <summary>A theory that needs libtorch; skipped, with the reason, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = Torch.Missing;
}
