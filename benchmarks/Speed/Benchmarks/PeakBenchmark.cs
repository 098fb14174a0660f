using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Simd;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>
/// The most multiply-adds a core does with each vector width: twelve independent chains in registers, no memory. What the
/// kernels reach is reported as a share of the fused ones in 32-bit floats; those of pairs of 16-bit integers stand beside them, as a
/// measure of what a network in integers could gain.
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

    [Benchmark]
    [Work(2 * Chains * (double)Lanes * Rounds / 1e9, "GMAC in 16 bits")]
    public int Pairs() => (CpuPath)Path switch
    {
        CpuPath.Vector512 => RunPairs<Simd512, Vector512<float>, Vector512<int>>(),
        CpuPath.Vector256 => RunPairs<Simd256, Vector256<float>, Vector256<int>>(),
        CpuPath.Vector128 => RunPairs<Simd128, Vector128<float>, Vector128<int>>(),
        _ => RunPairs<ScalarSimd, float, int>(),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int RunPairs<TSimd, TFloat, TInt>()
        where TSimd : struct, ISimd<TFloat, TInt>
        where TFloat : struct
        where TInt : struct
    {
        TInt factor = TSimd.BroadcastPair(0x0003_0005), x = TSimd.BroadcastPair(0x0001_0002);
        TInt a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = Rounds * (Lanes / TSimd.Count); round > 0; round--)
        {
            a = TSimd.MultiplyAddPairs(a, factor, a);
            b = TSimd.MultiplyAddPairs(b, factor, b);
            c = TSimd.MultiplyAddPairs(c, factor, c);
            d = TSimd.MultiplyAddPairs(d, factor, d);
            e = TSimd.MultiplyAddPairs(e, factor, e);
            f = TSimd.MultiplyAddPairs(f, factor, f);
            g = TSimd.MultiplyAddPairs(g, factor, g);
            h = TSimd.MultiplyAddPairs(h, factor, h);
            i = TSimd.MultiplyAddPairs(i, factor, i);
            j = TSimd.MultiplyAddPairs(j, factor, j);
            k = TSimd.MultiplyAddPairs(k, factor, k);
            l = TSimd.MultiplyAddPairs(l, factor, l);
        }

        int* sums = stackalloc int[12 * Lanes];
        TInt[] chains = [a, b, c, d, e, f, g, h, i, j, k, l];
        for (int chain = 0; chain < chains.Length; chain++)
        {
            TSimd.StoreInt(sums + (chain * Lanes), chains[chain]);
        }

        int sum = 0;
        for (int lane = 0; lane < 12 * Lanes; lane++)
        {
            sum ^= sums[lane];
        }

        return sum;
    }

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
