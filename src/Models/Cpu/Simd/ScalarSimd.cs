using System.Runtime.CompilerServices;

namespace VaeCodec.Models.Cpu.Simd;

/// <summary>The reference: vectors of one element.</summary>
internal readonly unsafe struct ScalarSimd : ISimd<float, int>
{
    public static int Count => 1;

    public static int BlockVectors => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, float value) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float left, float right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float left, float right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float left, float right, float addend)
        => CpuPaths.HasFusedMultiplyAdd ? MathF.FusedMultiplyAdd(left, right, addend) : SoftwareFma.MultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LeakyRelu(float value, float slope) => value > 0 ? value : value * slope;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LoadInt(int* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt(int* destination, int value) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BroadcastPair(int pair) => pair;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MultiplyAddPairs(int left, int right, int addend)
        => addend + ((short)left * (short)right) + ((left >> 16) * (right >> 16));
}
