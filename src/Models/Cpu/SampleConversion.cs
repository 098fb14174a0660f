using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VaeCodec.Models.Cpu;

/// <summary>Bytes to the values that the networks see, 0 at mid-grey and 1 from black to white, and back (spec/vae-format.md, sections 8.3 and 9).</summary>
internal static class SampleConversion
{
    private const int Lanes = 16;

    /// <summary>Converts bytes one for one: b / 255 - 0.5, one division and one subtraction.</summary>
    /// <param name="samples">The bytes.</param>
    /// <param name="values">Out: as many values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromBytes(ReadOnlySpan<byte> samples, Span<float> values)
    {
        int done = 0, lanes = Vector<float>.Count;
        for (; done <= samples.Length - (4 * lanes); done += 4 * lanes)
        {
            Vector.Widen(new Vector<byte>(samples[done..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            Values(first).CopyTo(values[done..]);
            Values(second).CopyTo(values[(done + lanes)..]);
            Values(third).CopyTo(values[(done + (2 * lanes))..]);
            Values(fourth).CopyTo(values[(done + (3 * lanes))..]);
        }

        for (; done < samples.Length; done++)
        {
            values[done] = FromByte(samples[done]);
        }
    }

    /// <summary>Converts grey bytes to three equal values each.</summary>
    /// <param name="samples">The bytes.</param>
    /// <param name="values">Out: three times as many values.</param>
    public static void FromGrey(ReadOnlySpan<byte> samples, Span<float> values)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            values.Slice(3 * i, 3).Fill(FromByte(samples[i]));
        }
    }

    /// <summary>Converts samples of two bytes one for one: s / most - 0.5.</summary>
    /// <param name="samples">The samples, least significant byte first.</param>
    /// <param name="most">The largest sample.</param>
    /// <param name="values">Out: as many values.</param>
    public static void FromWide(ReadOnlySpan<byte> samples, int most, Span<float> values)
    {
        for (int i = 0; 2 * i < samples.Length; i++)
        {
            values[i] = FromWide(BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * i)..]), most);
        }
    }

    /// <summary>Converts grey samples of two bytes to three equal values each.</summary>
    /// <param name="samples">The samples, least significant byte first.</param>
    /// <param name="most">The largest sample.</param>
    /// <param name="values">Out: three times as many values.</param>
    public static void FromWideGrey(ReadOnlySpan<byte> samples, int most, Span<float> values)
    {
        for (int i = 0; 2 * i < samples.Length; i++)
        {
            values.Slice(3 * i, 3).Fill(FromWide(BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * i)..]), most));
        }
    }

    /// <summary>Converts one sample.</summary>
    public static float FromWide(ushort sample, int most) => (sample / (float)most) - 0.5f;

    /// <summary>Converts values to samples of two bytes one for one.</summary>
    /// <param name="values">The values.</param>
    /// <param name="most">The largest sample.</param>
    /// <param name="samples">Out: as many samples, least significant byte first.</param>
    public static void ToWide(ReadOnlySpan<float> values, int most, Span<byte> samples)
    {
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(samples[(2 * i)..], ToWide(values[i], most));
        }
    }

    /// <summary>Converts one value.</summary>
    public static ushort ToWide(float value, int most)
    {
        // As ToByte.
        float level = ((value + 0.5f) * most) + 0.5f;
        return level >= 1 ? (ushort)Math.Min(level, most) : (ushort)0;
    }

    /// <summary>Converts the values of pixels to samples.</summary>
    /// <param name="pixels">Three values a pixel.</param>
    /// <param name="channels">Samples of a pixel to give: 3, or 1 for grey, the mean of the three values.</param>
    /// <param name="bits">Bits of a sample to give: 8, or 9 to 16 for samples of two bytes.</param>
    /// <param name="samples">Out: the samples of as many pixels.</param>
    public static void ToSamples(ReadOnlySpan<float> pixels, int channels, int bits, Span<byte> samples)
    {
        int most = (1 << bits) - 1;
        if (channels != 1)
        {
            if (bits > 8)
            {
                ToWide(pixels, most, samples);
            }
            else
            {
                ToBytes(pixels, samples);
            }

            return;
        }

        for (int pixel = 0; 3 * pixel < pixels.Length; pixel++)
        {
            float mean = (pixels[3 * pixel] + pixels[(3 * pixel) + 1] + pixels[(3 * pixel) + 2]) / 3f;
            if (bits > 8)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(samples[(2 * pixel)..], ToWide(mean, most));
            }
            else
            {
                samples[pixel] = ToByte(mean);
            }
        }
    }

    /// <summary>Converts one byte.</summary>
    public static float FromByte(byte sample) => (sample / 255f) - 0.5f;

    /// <summary>Converts values one for one.</summary>
    /// <param name="values">The values.</param>
    /// <param name="samples">Out: as many bytes.</param>
    public static void ToBytes(ReadOnlySpan<float> values, Span<byte> samples)
    {
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref float source = ref MemoryMarshal.GetReference(values);
            ref byte target = ref MemoryMarshal.GetReference(samples[..values.Length]);
            for (; done <= values.Length - Lanes; done += Lanes)
            {
                Vector128<short> low = Vector128.Narrow(Levels(ref source, done), Levels(ref source, done + 4));
                Vector128<short> high = Vector128.Narrow(Levels(ref source, done + 8), Levels(ref source, done + 12));
                Vector128.Narrow(low.AsUInt16(), high.AsUInt16()).StoreUnsafe(ref target, (nuint)done);
            }
        }

        for (; done < values.Length; done++)
        {
            samples[done] = ToByte(values[done]);
        }
    }

    /// <summary>Converts one value.</summary>
    public static byte ToByte(float value)
    {
        // Half is added and the fraction dropped; what is not a number becomes 0, on every processor.
        float level = ((value + 0.5f) * 255f) + 0.5f;
        return level >= 1 ? (byte)Math.Min(level, 255f) : (byte)0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Values(Vector<uint> samples) => (Vector.ConvertToSingle(Vector.AsVectorInt32(samples)) / new Vector<float>(255f)) - new Vector<float>(0.5f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Levels(ref float source, int offset)
    {
        Vector128<float> value = Vector128.LoadUnsafe(ref source, (nuint)offset);
        Vector128<float> level = ((value + Vector128.Create(0.5f)) * 255f) + Vector128.Create(0.5f);
        Vector128<float> inRange = Vector128.Min(level, Vector128.Create(255f));

        // The conversion sees 0 to 255 only, where all processors agree.
        return Vector128.ConvertToInt32(Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(level, Vector128<float>.One), inRange, Vector128<float>.Zero));
    }
}
