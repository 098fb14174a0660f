using VaeCodec.Models.Cpu;

namespace VaeCodec.Models.Tests.Support;

/// <summary>A test that compares with the processor's own fused multiply-add, and is skipped where it has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HardwareFmaFactAttribute : FactAttribute
{
    public HardwareFmaFactAttribute()
    {
        if (!CpuPaths.HasFusedMultiplyAdd)
        {
            Skip = "This processor has no fused multiply-add instruction.";
        }
    }
}
