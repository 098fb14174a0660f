using System.Numerics;
using System.Runtime.InteropServices;

namespace VaeCodec.Metrics;

/// <summary>
/// The error between two pictures of 8-bit samples, sample by sample, gathered while the rows pass: PSNR, PSNR-Y and the
/// largest error. Sums are exact whole numbers, so the result does not depend on how the rows were cut.
/// </summary>
/// <remarks>Not safe for concurrent calls.</remarks>
public sealed class SampleDifference
{
    private const double PeakSquared = 255.0 * 255.0;

    // BT.601 luma in thousandths.
    private const int RedWeight = 299;
    private const int GreenWeight = 587;
    private const int BlueWeight = 114;
    private const double LumaScaleSquared = 1000.0 * 1000.0;

    // A 32-bit lane takes 2^32 / 255^2 = 66051 squares, and a vector of bytes adds four to each lane.
    private const int VectorsInLanes = 16 * 1024;

    private readonly int _channels;
    private long _squaredError;
    private UInt128 _squaredLumaError;

    /// <summary>Starts with no samples.</summary>
    /// <param name="channels">Samples of a pixel: 1 (grey) or 3 (red, green, blue, interleaved).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of channels is neither.</exception>
    public SampleDifference(int channels)
    {
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Pictures of 1 or 3 channels are compared.");
        }

        _channels = channels;
    }

    /// <summary>Samples compared so far, all channels together.</summary>
    public long Samples { get; private set; }

    /// <summary>The largest absolute difference of two samples so far, 0..255.</summary>
    public int MaxError { get; private set; }

    /// <summary>
    /// Peak signal-to-noise ratio in dB over all samples of all channels together, peak 255: one mean squared error for
    /// red, green and blue (not the mean of three PSNRs). Infinite for identical samples, and when there are none.
    /// </summary>
    public double Psnr => Decibels(_squaredError);

    /// <summary>
    /// PSNR in dB of the luma, peak 255: Y = 0.299 R + 0.587 G + 0.114 B (BT.601 weights, full range, as JPEG/JFIF has
    /// it), computed from the 8-bit RGB pictures without rounding. For grey pictures the same as <see cref="Psnr"/>.
    /// </summary>
    public double PsnrY => _channels == 1 ? Psnr : Decibels((double)_squaredLumaError / LumaScaleSquared * _channels);

    /// <summary>Adds whole pixels of both pictures.</summary>
    /// <param name="first">Samples of one picture.</param>
    /// <param name="second">The samples at the same places of the other.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of pixels.</exception>
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.Length != second.Length || first.Length % _channels != 0)
        {
            throw new ArgumentException($"{first.Length} samples cannot be compared with {second.Length} at {_channels} a pixel.", nameof(second));
        }

        AddSamples(first, second);
        if (_channels == 3)
        {
            AddLuma(first, second);
        }

        Samples += first.Length;
    }

    private double Decibels(double squaredError)
        => squaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(PeakSquared * Samples / squaredError);

    private void AddSamples(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        // A long holds 2^63 / 255^2 samples, far above the largest picture.
        ReadOnlySpan<Vector<byte>> left = MemoryMarshal.Cast<byte, Vector<byte>>(first);
        ReadOnlySpan<Vector<byte>> right = MemoryMarshal.Cast<byte, Vector<byte>>(second);
        Vector<byte> largest = Vector<byte>.Zero;
        long sum = 0;
        for (int start = 0; start < left.Length; start += VectorsInLanes)
        {
            Vector<uint> lanes = Vector<uint>.Zero;
            int end = Math.Min(left.Length, start + VectorsInLanes);
            for (int i = start; i < end; i++)
            {
                Vector<byte> difference = Vector.Max(left[i], right[i]) - Vector.Min(left[i], right[i]);
                largest = Vector.Max(largest, difference);
                Vector.Widen(difference, out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low * low, out Vector<uint> a, out Vector<uint> b);
                Vector.Widen(high * high, out Vector<uint> c, out Vector<uint> d);
                lanes += a + b + (c + d);
            }

            Vector.Widen(lanes, out Vector<ulong> lower, out Vector<ulong> upper);
            sum += (long)Vector.Sum(lower + upper);
        }

        int maximum = MaxError;
        for (int lane = 0; lane < Vector<byte>.Count; lane++)
        {
            maximum = Math.Max(maximum, largest[lane]);
        }

        for (int i = left.Length * Vector<byte>.Count; i < first.Length; i++)
        {
            int difference = Math.Abs(first[i] - second[i]);
            maximum = Math.Max(maximum, difference);
            sum += difference * difference;
        }

        MaxError = maximum;
        _squaredError += sum;
    }

    private void AddLuma(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        // 255000^2 a pixel: a long holds 140 million pixels, a span of bytes has up to 716 million.
        const int Block = 3 * (1 << 24);
        for (int start = 0; start < first.Length; start += Block)
        {
            int end = Math.Min(first.Length, start + Block);
            long sum = 0;
            for (int i = start; i + 2 < end; i += 3)
            {
                long luma = (RedWeight * (first[i] - second[i])) + (GreenWeight * (first[i + 1] - second[i + 1])) + (BlueWeight * (first[i + 2] - second[i + 2]));
                sum += luma * luma;
            }

            _squaredLumaError += (ulong)sum;
        }
    }
}
