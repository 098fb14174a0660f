using BenchmarkDotNet.Attributes;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Speed.Measuring;

/// <summary>A benchmark that runs once for each vector width that this machine has.</summary>
public abstract class PathBenchmark
{
    /// <summary>Bits of a vector; 1 is scalar.</summary>
    [ParamsSource(nameof(Paths))]
    public int Path { get; set; }

    /// <summary>The widths.</summary>
    public IEnumerable<int> Paths => new[] { CpuPath.Scalar, CpuPath.Vector128, CpuPath.Vector256, CpuPath.Vector512 }.Where(CpuPaths.IsSupported).Select(path => (int)path);
}
