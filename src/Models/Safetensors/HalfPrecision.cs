using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaeCodec.Models.Safetensors;

/// <summary>
/// Widening of 16-bit floats. The library's conversion goes element by element, 5 ns each; a model is widened at every
/// start, and six million weights should not take longer than the picture.
/// </summary>
internal static class HalfPrecision
{
    /// <summary>The factor that moves the exponent's bias from 15 to 127; a multiplication by it is exact, for subnormal numbers too.</summary>
    private const float Rebias = 5.192296858534828e33f;

    /// <summary>Widens little-endian 16-bit floats, exactly.</summary>
    /// <param name="data">Two bytes for each value.</param>
    /// <param name="values">Out: the values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> data, Span<float> values)
    {
        int done = 0;
        if (BitConverter.IsLittleEndian && Vector.IsHardwareAccelerated)
        {
            ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(data)[..values.Length];
            int lanes = Vector<ushort>.Count;
            for (; done <= halves.Length - lanes; done += lanes)
            {
                Vector.Widen(new Vector<ushort>(halves[done..]), out Vector<uint> low, out Vector<uint> high);
                Widen(low).CopyTo(values[done..]);
                Widen(high).CopyTo(values[(done + (lanes / 2))..]);
            }
        }

        for (; done < values.Length; done++)
        {
            values[done] = (float)BinaryPrimitives.ReadHalfLittleEndian(data[(done * 2)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Widen(Vector<uint> half)
    {
        Vector<uint> magnitude = half & new Vector<uint>(0x7FFF);
        Vector<float> finite = Vector.AsVectorSingle(Vector.ShiftLeft(magnitude, 13)) * new Vector<float>(Rebias);

        // What is infinite or not a number comes out as 65536 and more; all ones in the exponent put that right.
        Vector<uint> special = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7C00)) & new Vector<uint>(0x7F80_0000);
        Vector<uint> sign = Vector.ShiftLeft(half & new Vector<uint>(0x8000), 16);
        return Vector.AsVectorSingle(Vector.AsVectorUInt32(finite) | special | sign);
    }
}
