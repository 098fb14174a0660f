using System.Buffers.Binary;

namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.1: a tensor as it is stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Data">Its bytes.</param>
internal sealed record StoredTensor(string Name, ElementType Type, int[] Shape, byte[] Data)
{
    public bool IsFloat => Type is ElementType.F16 or ElementType.BF16 or ElementType.F32;

    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.I8 or ElementType.U8 => 1,
        ElementType.I16 or ElementType.U16 or ElementType.F16 or ElementType.BF16 => 2,
        _ => 4,
    };

    /// <summary>The elements of a tensor of integers.</summary>
    public int[] ToIntegers() => [.. Elements().Select(element => Type switch
    {
        ElementType.I8 => (sbyte)Data[element],
        ElementType.U8 => Data[element],
        ElementType.I16 => BinaryPrimitives.ReadInt16LittleEndian(Data.AsSpan(element)),
        ElementType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(Data.AsSpan(element)),
        ElementType.I32 => BinaryPrimitives.ReadInt32LittleEndian(Data.AsSpan(element)),
        _ => throw new DecodingException(FailureKind.ModelInvalid, $"{Name} is no tensor of integers."),
    })];

    /// <summary>The elements of a tensor of real numbers, widened to floats, which is exact.</summary>
    public float[] ToFloats() => [.. Elements().Select(element => Type switch
    {
        ElementType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(Data.AsSpan(element)),
        ElementType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(Data.AsSpan(element)) << 16),
        ElementType.F32 => BinaryPrimitives.ReadSingleLittleEndian(Data.AsSpan(element)),
        _ => throw new DecodingException(FailureKind.ModelInvalid, $"{Name} is no tensor of real numbers."),
    })];

    /// <summary>Where each element starts.</summary>
    private IEnumerable<int> Elements()
    {
        int size = SizeOf(Type);
        return Enumerable.Range(0, Data.Length / size).Select(i => i * size);
    }
}
