using System.Numerics;

namespace VaeCodec.Lossless;

/// <summary>What surrounds a residual, in the few classes that its probabilities depend on (spec/vae-format.md, sections 13.4 and 13.5).</summary>
internal static class SampleContext
{
    /// <summary>Values of <see cref="EnergyClass"/>.</summary>
    public const int EnergyClasses = 24;

    /// <summary>Values of <see cref="Quantise"/>.</summary>
    public const int Levels = 9;

    private const int Planes = 4;

    /// <summary>Two classes of energy each.</summary>
    private const int CoarseClasses = EnergyClasses / 2;

    private const int NearBits = 13;
    private const int WideBits = 16;

    /// <summary>Sizes of the contexts that <see cref="Fill"/> gives.</summary>
    public static ReadOnlySpan<int> Sizes =>
    [
        32 * 8 * Planes,
        Levels * Levels * Levels * Planes,
        Levels * Levels * CoarseClasses * Planes,
        Levels * Levels * CoarseClasses * Planes,
        Levels * Levels * CoarseClasses * Planes,
        16 * 16 * 8 * Planes,
        1 << NearBits,
        1 << WideBits,
    ];

    /// <summary>Values that choose the first mixer.</summary>
    public const int FirstMixers = CoarseClasses * Planes;

    /// <summary>Values that choose the second mixer.</summary>
    public const int SecondMixers = 25 * Planes;

    /// <summary>The class of an energy in eighths: two for each doubling.</summary>
    public static int EnergyClass(int energy) => Math.Min(HalfLog(energy >> 1), EnergyClasses - 1);

    /// <summary>A difference in nine classes: 4 is zero.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="shift">Bits of it that do not count.</param>
    public static int Quantise(int difference, int shift)
    {
        int magnitude = Math.Abs(difference) >> shift, level = magnitude switch { 0 => 0, < 3 => 1, < 7 => 2, < 16 => 3, _ => 4 };
        return difference < 0 ? 4 - level : 4 + level;
    }

    /// <summary>Fills the contexts of a sample that was predicted.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="planes">All planes; those before have learnt their sample of this pixel.</param>
    /// <param name="plane">Which.</param>
    /// <param name="contexts">Out: eight values.</param>
    /// <returns>What chooses the mixers.</returns>
    public static (int First, int Second) Fill(int x, ReadOnlySpan<SamplePredictor> planes, int plane, Span<int> contexts)
    {
        SamplePredictor own = planes[plane];
        x += RowWindow.Margin;
        int level = own.Level, shift = own.Shift;
        int before = plane > 0 ? planes[plane - 1].Residuals.Current[x] : 0, beforeThat = plane > 1 ? planes[plane - 2].Residuals.Current[x] : 0;
        Neighbours n = own.Around;
        int left = own.Errors.Current[x - 1];
        int coarse = EnergyClass(own.Energy >> shift) >> 1;
        contexts[0] = (((Math.Min(HalfLog(own.Energy >> shift), 31) * 8) + (shift == 0 ? own.Fraction : 0)) * Planes) + plane;
        contexts[1] = (((((Quantise(n.Left - level, shift) * Levels) + Quantise(n.Above - level, shift)) * Levels) + Quantise(n.AboveRight - level, shift)) * Planes) + plane;
        contexts[2] = (((((Quantise(before, shift) * Levels) + Quantise(beforeThat, shift)) * CoarseClasses) + coarse) * Planes) + plane;
        contexts[3] = (((((Quantise(own.LearnerAgainstMedian, shift) * Levels) + Quantise(own.SlowAgainstPrediction, shift)) * CoarseClasses) + coarse) * Planes) + plane;
        contexts[4] = (((((Quantise(own.Residuals.Current[x - 1], shift) * Levels) + Quantise(own.Residuals.Above[x], shift)) * CoarseClasses) + coarse) * Planes) + plane;
        int texture = Math.Abs(n.Left - n.Above) + Math.Abs(n.Above - n.AboveRight) + Math.Abs(n.Left - n.AboveLeft);
        int other = plane > 0 ? planes[plane - 1].Errors.Current[x] : left;
        contexts[5] = (((((Math.Min(HalfLog(texture >> shift), 15) * 16) + Math.Min(HalfLog(left >> shift), 15)) * 8) + Math.Min(HalfLog(other >> shift) >> 1, 7)) * Planes) + plane;

        // Equal surroundings, for what is drawn or written rather than photographed: what touches the sample, and a dozen samples around it.
        int[] row = own.Samples.Current, above = own.Samples.Above, second = own.Samples.Second;
        int known = plane > 0 ? planes[0].Samples.Current[x] : n.AboveRight, knownNext = plane > 1 ? planes[1].Samples.Current[x] : 0;
        uint near = Hash(Hash(Hash(Hash(Hash(Hash((uint)plane, n.Left), n.Above), n.AboveLeft), n.AboveRight), known), knownNext);
        uint wide = Hash(Hash(Hash(Hash(Hash(near, row[x - 2]), row[x - 3]), above[x - 2]), above[x + 2]), above[x + 3]);
        wide = Hash(Hash(Hash(Hash(Hash(wide, second[x - 1]), second[x]), second[x + 1]), second[x - 2]), second[x + 2]);
        contexts[6] = (int)(near >> (32 - NearBits));
        contexts[7] = (int)(wide >> (32 - WideBits));
        return ((coarse * Planes) + plane, (((Coarse(before, shift) * 5) + Coarse(beforeThat, shift)) * Planes) + plane);
    }

    private static int Coarse(int difference, int shift)
    {
        int level = (Math.Abs(difference) >> shift) switch { < 2 => 0, < 8 => 1, _ => 2 };
        return difference < 0 ? 2 - level : 2 + level;
    }

    /// <summary>Twice the logarithm to the base 2, roughly, of 2 and more; 0 and 1 are themselves.</summary>
    private static int HalfLog(int value)
    {
        if (value < 2)
        {
            return value;
        }

        int bits = BitOperations.Log2((uint)value);
        return (2 * bits) + ((value >> (bits - 1)) & 1);
    }

    private static uint Hash(uint hash, int value) => SurroundingsHash.Add(hash, (uint)value);
}
