using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Simd;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>
/// The most fused multiply-adds a core does with each vector width: twelve independent chains in registers, no memory. What
/// the kernels reach is reported as a share of this.
/// </summary>
public class PeakBenchmark : PathBenchmark
{
    private const int Chains = 12, Lanes = 16, Rounds = 1 << 20;

    [Benchmark]
    [Work(Chains * (double)Lanes * Rounds / 1e9, "GMAC")]
    public float Peak() => (CpuPath)Path switch
    {
        CpuPath.Vector512 => Run<Simd512, Vector512<float>, Vector512<int>>().ToScalar(),
        CpuPath.Vector256 => Run<Simd256, Vector256<float>, Vector256<int>>().ToScalar(),
        CpuPath.Vector128 => Run<Simd128, Vector128<float>, Vector128<int>>().ToScalar(),
        _ => Run<ScalarSimd, float, int>(),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TFloat Run<TSimd, TFloat, TInt>()
        where TSimd : ISimd<TFloat, TInt>
        where TFloat : struct
        where TInt : struct
    {
        TFloat factor = TSimd.Broadcast(0.999f), one = TSimd.Broadcast(1f);
        TFloat a = one, b = one, c = one, d = one, e = one, f = one, g = one, h = one, i = one, j = one, k = one, l = one;
        for (int round = Rounds * (Lanes / TSimd.Count); round > 0; round--)
        {
            a = TSimd.MultiplyAdd(a, factor, one);
            b = TSimd.MultiplyAdd(b, factor, one);
            c = TSimd.MultiplyAdd(c, factor, one);
            d = TSimd.MultiplyAdd(d, factor, one);
            e = TSimd.MultiplyAdd(e, factor, one);
            f = TSimd.MultiplyAdd(f, factor, one);
            g = TSimd.MultiplyAdd(g, factor, one);
            h = TSimd.MultiplyAdd(h, factor, one);
            i = TSimd.MultiplyAdd(i, factor, one);
            j = TSimd.MultiplyAdd(j, factor, one);
            k = TSimd.MultiplyAdd(k, factor, one);
            l = TSimd.MultiplyAdd(l, factor, one);
        }

        a = TSimd.Add(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)), TSimd.Add(TSimd.Add(e, f), TSimd.Add(g, h)));
        return TSimd.Add(a, TSimd.Add(TSimd.Add(i, j), TSimd.Add(k, l)));
    }
}
