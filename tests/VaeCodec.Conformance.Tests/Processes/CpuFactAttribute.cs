using System.Runtime.InteropServices;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Conformance.Tests.Processes;

/// <summary>A test that needs a path this processor may lack, or switches that only the x64 runtime has.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CpuFactAttribute : FactAttribute
{
    public CpuFactAttribute(CpuPath path, bool isX64Only = false)
    {
        if (!CpuPaths.IsSupported(path))
        {
            Skip = $"This processor has no {CpuPaths.Name(path)} path; the widest here is {CpuPaths.Name(CpuPaths.Widest)}.";
        }
        else if (isX64Only && RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Skip = $"The switch exists on x64 only, and this is {RuntimeInformation.ProcessArchitecture}.";
        }
    }
}
