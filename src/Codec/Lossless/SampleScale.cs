using System.Buffers.Binary;
using System.Numerics;

namespace VaeCodec.Lossless;

/// <summary>How fine the samples of a tile are, where they take two bytes (spec/vae-format.md, section 13.10).</summary>
/// <param name="Shift">Lowest bits that are noise: contexts do not look at them. 0 to <see cref="MostShift"/>.</param>
/// <param name="LevelCount">How many values the samples have, where they are listed and coded as their numbers in the list; 0 where they are coded as they are.</param>
internal readonly record struct SampleScale(int Shift, int LevelCount)
{
    /// <summary>Largest shift.</summary>
    public const int MostShift = 8;

    /// <summary>Bytes that a scale takes in a file.</summary>
    public const int Size = 3;

    /// <summary>
    /// Errors of simple prediction, in levels, up to which no bit counts as noise; for each doubling one bit more does. Photographs of 8 bits, whose contexts are those
    /// of shift 0, have 2 to 8.
    /// </summary>
    private const int FineError = 16;

    /// <summary>One row in so many is looked at to find the shift.</summary>
    private const int RowStep = 4;

    /// <summary>What a list must save for each bit that it takes, by estimate: that few values occur in a small tile may be chance.</summary>
    private const int LeastGain = 4;

    /// <summary>The scale of samples of one byte, and of those of which nothing is known.</summary>
    public static SampleScale Fine { get; } = new(0, 0);

    /// <summary>Reads a scale.</summary>
    /// <param name="bytes">Three bytes; not trusted.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="bounds">How far samples may be off; where they may, none are listed.</param>
    /// <param name="scale">The scale.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, PictureDescription picture, ErrorBounds bounds, out SampleScale scale)
    {
        scale = new SampleScale(bytes[0], BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]));
        return scale.Shift <= MostShift && scale.LevelCount <= (bounds.AreZero ? picture.MaxSample : 0);
    }

    /// <summary>Writes the scale.</summary>
    /// <param name="bytes">Out: three bytes.</param>
    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)Shift;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[1..], (ushort)LevelCount);
    }

    /// <summary>Finds the scale of a tile.</summary>
    /// <param name="samples">Its samples of two bytes from the first on.</param>
    /// <param name="rowBytes">Bytes from one row to the next.</param>
    /// <param name="width">Samples in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples of a pixel.</param>
    /// <param name="bounds">How far samples may be off.</param>
    /// <param name="exact">Whether no pixel is replaced: where the errors of replaced pixels are weighed, numbers in a list say nothing of them.</param>
    /// <param name="numbers">Out: for each value its number in the list, counted from 1, if there is a list; 0 for values that do not occur.</param>
    public static SampleScale Of(ReadOnlySpan<byte> samples, int rowBytes, int width, int height, int channels, ErrorBounds bounds, bool exact, Span<ushort> numbers)
    {
        int levels = 0;
        if (bounds.AreZero && exact)
        {
            levels = Number(samples, rowBytes, width, height, numbers);
        }

        long error = 0, count = 0;
        for (int y = 1; y < height; y += RowStep)
        {
            ReadOnlySpan<byte> row = samples.Slice(y * rowBytes, 2 * width), above = samples.Slice((y - 1) * rowBytes, 2 * width);
            for (int i = 2 * channels; i < row.Length; i += 2, count++)
            {
                int sample = Value(row, i, levels, numbers);
                Neighbours around = new(Value(row, i - (2 * channels), levels, numbers), Value(above, i, levels, numbers), Value(above, i - (2 * channels), levels, numbers), 0);
                error += Math.Abs(sample - around.Median);
            }
        }

        long mean = count == 0 ? 0 : error / count;
        return new SampleScale(Math.Clamp(BitOperations.Log2((uint)(mean / FineError) + 1), 0, MostShift), levels);
    }

    private static int Value(ReadOnlySpan<byte> samples, int at, int levels, ReadOnlySpan<ushort> numbers)
    {
        int sample = BinaryPrimitives.ReadUInt16LittleEndian(samples[at..]);
        return levels == 0 ? sample : numbers[sample] - 1;
    }

    /// <summary>log2 of a value from 1 on, to 32 bits behind the point, bit by bit: the logarithms of C libraries differ in their last digits, and what is written must not depend on them.</summary>
    internal static double BinaryLogarithm(double value)
    {
        int whole = BitOperations.Log2((uint)value);
        double rest = value / (1u << whole), result = whole;
        for (double bit = 0.5; bit > 1e-10; bit /= 2)
        {
            rest *= rest;
            if (rest >= 2)
            {
                rest /= 2;
                result += bit;
            }
        }

        return result;
    }

    /// <summary>Numbers the values that occur, if they are few enough for a list of them to pay.</summary>
    /// <returns>How many there are, or 0.</returns>
    private static int Number(ReadOnlySpan<byte> samples, int rowBytes, int width, int height, Span<ushort> numbers)
    {
        numbers.Clear();
        int least = ushort.MaxValue, most = 0, levels = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = samples.Slice(y * rowBytes, 2 * width);
            for (int i = 0; i < row.Length; i += 2)
            {
                int sample = BinaryPrimitives.ReadUInt16LittleEndian(row[i..]);
                levels += 1 - numbers[sample];
                numbers[sample] = 1;
                (least, most) = (Math.Min(least, sample), Math.Max(most, sample));
            }
        }

        double bits = BinaryLogarithm((most - least + 1.0) / levels);
        if ((long)width * height * bits <= LeastGain * levels * (2 + bits))
        {
            return 0;
        }

        ushort next = 0;
        for (int value = least; value <= most; value++)
        {
            if (numbers[value] != 0)
            {
                numbers[value] = ++next;
            }
        }

        return levels;
    }
}
