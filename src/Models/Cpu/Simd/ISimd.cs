namespace VaeCodec.Models.Cpu.Simd;

/// <summary>
/// The few vector operations the kernels are written in. One struct for each width implements it; the kernels are
/// generic over the struct, so that the runtime compiles one specialised copy for each and calls nothing.
/// </summary>
/// <typeparam name="TFloat">A vector of 32-bit floats.</typeparam>
/// <typeparam name="TInt">A vector of as many 32-bit integers.</typeparam>
internal unsafe interface ISimd<TFloat, TInt>
    where TFloat : struct
    where TInt : struct
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Most vectors of outputs that a register block holds beside six pixels: 4 where there are 32 registers, 2 where there are 16.</summary>
    static abstract int BlockVectors { get; }

    static abstract TFloat Load(float* source);

    static abstract void Store(float* destination, TFloat value);

    static abstract TFloat Broadcast(float value);

    static abstract TFloat Add(TFloat left, TFloat right);

    static abstract TFloat Subtract(TFloat left, TFloat right);

    /// <summary>left * right + addend with one rounding.</summary>
    static abstract TFloat MultiplyAdd(TFloat left, TFloat right, TFloat addend);

    /// <summary>value where it is greater than zero, otherwise value * slope.</summary>
    static abstract TFloat LeakyRelu(TFloat value, TFloat slope);

    static abstract TInt LoadInt(int* source);

    static abstract void StoreInt(int* destination, TInt value);

    /// <summary>Repeats a pair of 16-bit integers, given as the 32 bits that hold them.</summary>
    static abstract TInt BroadcastPair(int pair);

    /// <summary>addend + left.low * right.low + left.high * right.high in each 32-bit element, for pairs of signed 16-bit integers.</summary>
    static abstract TInt MultiplyAddPairs(TInt left, TInt right, TInt addend);
}
