using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VaeCodec.Models.Safetensors;

/// <summary>A tensor of a safetensors file: type, shape, and its elements as little-endian bytes in row-major order.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first.</param>
/// <param name="Data">The bytes.</param>
public sealed record Tensor(TensorType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public int Count => Data.Length / ElementBytes(Type);

    /// <summary>Bytes of an element.</summary>
    /// <param name="type">The type.</param>
    public static int ElementBytes(TensorType type) => type switch
    {
        TensorType.I8 or TensorType.U8 => 1,
        TensorType.I16 or TensorType.U16 or TensorType.F16 or TensorType.BF16 => 2,
        _ => 4,
    };

    /// <summary>Makes a tensor of 32-bit floats.</summary>
    /// <param name="shape">Dimensions.</param>
    /// <param name="values">Elements.</param>
    public static Tensor FromFloats(int[] shape, ReadOnlySpan<float> values)
    {
        byte[] data = new byte[checked(values.Length * 4)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * 4), values[i]);
        }

        return new Tensor(TensorType.F32, shape, data);
    }

    /// <summary>Makes a tensor of 16-bit floats, each rounded to nearest even.</summary>
    /// <param name="shape">Dimensions.</param>
    /// <param name="values">Elements.</param>
    public static Tensor FromFloatsAsHalf(int[] shape, ReadOnlySpan<float> values)
    {
        byte[] data = new byte[checked(values.Length * 2)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(i * 2), (Half)values[i]);
        }

        return new Tensor(TensorType.F16, shape, data);
    }

    /// <summary>Makes a tensor of integers.</summary>
    /// <param name="type">One of the integer types.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="values">Elements.</param>
    /// <exception cref="OverflowException">A value does not fit the type.</exception>
    public static Tensor FromIntegers(TensorType type, int[] shape, ReadOnlySpan<int> values)
    {
        int bytes = ElementBytes(type);
        byte[] data = new byte[checked(values.Length * bytes)];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> element = data.AsSpan(i * bytes, bytes);
            switch (type)
            {
                case TensorType.I8: element[0] = (byte)checked((sbyte)values[i]); break;
                case TensorType.U8: element[0] = checked((byte)values[i]); break;
                case TensorType.I16: BinaryPrimitives.WriteInt16LittleEndian(element, checked((short)values[i])); break;
                case TensorType.U16: BinaryPrimitives.WriteUInt16LittleEndian(element, checked((ushort)values[i])); break;
                case TensorType.I32: BinaryPrimitives.WriteInt32LittleEndian(element, values[i]); break;
                default: throw new ArgumentException("Not an integer type.", nameof(type));
            }
        }

        return new Tensor(type, shape, data);
    }

    /// <summary>Whether the elements are floats, and all of them finite.</summary>
    public bool HoldsFiniteFloats()
    {
        if (!BitConverter.IsLittleEndian || Type is not (TensorType.F16 or TensorType.BF16))
        {
            return Type is (TensorType.F32 or TensorType.F16 or TensorType.BF16) && ToFloats().All(float.IsFinite);
        }

        // An exponent of all ones, with either sign: from the first such bit pattern to the last. A search over the bits takes a tenth of the time of converting first, and a model is read at every start.
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<byte, ushort>(Data.Span);
        ushort first = Type == TensorType.F16 ? (ushort)0x7C00 : (ushort)0x7F80;
        return !bits.ContainsAnyInRange(first, (ushort)0x7FFF) && !bits.ContainsAnyInRange((ushort)(first | 0x8000), ushort.MaxValue);
    }

    /// <summary>The elements as 32-bit floats.</summary>
    /// <exception cref="ModelFileException">The type is not a float.</exception>
    public float[] ToFloats()
    {
        ReadOnlySpan<byte> data = Data.Span;
        float[] values = new float[Count];
        switch (Type)
        {
            case TensorType.F32:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = BinaryPrimitives.ReadSingleLittleEndian(data[(i * 4)..]);
                }

                break;
            case TensorType.F16:
                HalfPrecision.Widen(data, values);
                break;
            case TensorType.BF16:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data[(i * 2)..]) << 16);
                }

                break;
            default:
                throw new ModelFileException($"A tensor holds {Type} where floats are needed.");
        }

        return values;
    }

    /// <summary>The elements as integers.</summary>
    /// <exception cref="ModelFileException">The type is not an integer.</exception>
    public int[] ToIntegers()
    {
        ReadOnlySpan<byte> data = Data.Span;
        int[] values = new int[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                TensorType.I8 => (sbyte)data[i],
                TensorType.U8 => data[i],
                TensorType.I16 => BinaryPrimitives.ReadInt16LittleEndian(data[(i * 2)..]),
                TensorType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(data[(i * 2)..]),
                TensorType.I32 => BinaryPrimitives.ReadInt32LittleEndian(data[(i * 4)..]),
                _ => throw new ModelFileException($"A tensor holds {Type} where integers are needed."),
            };
        }

        return values;
    }
}
