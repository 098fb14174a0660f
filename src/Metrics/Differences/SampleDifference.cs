using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace VaeCodec.Metrics;

/// <summary>
/// The error between two pictures, sample by sample, gathered while the rows pass: PSNR, PSNR-Y and the largest error of
/// the colour, and of alpha its own. Sums are exact whole numbers, so the result does not depend on how the rows were cut.
/// </summary>
/// <remarks>
/// Pixels that are transparent (alpha 0) in both pictures are left out of the colour's measures: what colour they have
/// cannot be seen. Colour is compared as it is stored otherwise, however transparent. Not safe for concurrent calls.
/// </remarks>
public sealed class SampleDifference
{
    // BT.601 luma in thousandths.
    private const int RedWeight = 299;
    private const int GreenWeight = 587;
    private const int BlueWeight = 114;
    private const double LumaScaleSquared = 1000.0 * 1000.0;

    // A 32-bit lane takes 2^32 / 255^2 = 66051 squares, and a vector of bytes adds four to each lane.
    private const int VectorsInLanes = 16 * 1024;

    private static ReadOnlySpan<int> LumaWeights => [RedWeight, GreenWeight, BlueWeight];

    private readonly SampleFormat _format;
    private long _pixels;
    private UInt128 _squaredError;
    private UInt128 _squaredLumaError;
    private UInt128 _squaredAlphaError;
    private int _maxAlphaError;

    /// <summary>Starts with no samples, for pictures of 8 bits without alpha.</summary>
    /// <param name="channels">Samples of a pixel: 1 (grey) or 3 (red, green, blue, interleaved).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of channels is neither.</exception>
    public SampleDifference(int channels)
        : this(new SampleFormat(channels))
    {
    }

    /// <summary>Starts with no samples.</summary>
    /// <param name="format">What the bytes of both pictures are.</param>
    public SampleDifference(SampleFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
    }

    /// <summary>Colour samples compared so far, all channels together, without those of pixels that are transparent in both pictures.</summary>
    public long Samples { get; private set; }

    /// <summary>The largest absolute difference of two of these samples so far, in levels: 0 to the peak, which is 255 for 8 bits.</summary>
    public int MaxError { get; private set; }

    /// <summary>
    /// Peak signal-to-noise ratio in dB over all colour samples of all channels together, peak 2^bits - 1: one mean squared
    /// error for red, green and blue (not the mean of three PSNRs). Infinite for identical samples, and when there are none.
    /// </summary>
    public double Psnr => Decibels((double)_squaredError, Samples);

    /// <summary>
    /// PSNR in dB of the luma, peak 2^bits - 1: Y = 0.299 R + 0.587 G + 0.114 B (BT.601 weights, full range, as JPEG/JFIF
    /// has it), computed from the RGB samples without rounding. For grey pictures the same as <see cref="Psnr"/>.
    /// </summary>
    public double PsnrY => _format.ColourChannels == 1 ? Psnr : Decibels((double)_squaredLumaError / LumaScaleSquared * _format.ColourChannels, Samples);

    /// <summary>PSNR in dB of alpha over all pixels, peak 2^bits - 1; infinite for identical alpha, null where there is none.</summary>
    public double? AlphaPsnr => _format.HasAlpha ? Decibels((double)_squaredAlphaError, _pixels) : null;

    /// <summary>The largest absolute difference of two alpha samples so far, in levels; null where there is no alpha.</summary>
    public int? MaxAlphaError => _format.HasAlpha ? _maxAlphaError : null;

    /// <summary>Adds whole pixels of both pictures.</summary>
    /// <param name="first">Pixels of one picture.</param>
    /// <param name="second">The pixels at the same places of the other.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of pixels.</exception>
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.Length != second.Length || first.Length % _format.BytesPerPixel != 0)
        {
            throw new ArgumentException($"{first.Length} bytes cannot be compared with {second.Length} at {_format.BytesPerPixel} a pixel.", nameof(second));
        }

        _pixels += first.Length / _format.BytesPerPixel;
        if (_format.HasAlpha || _format.BytesPerSample > 1)
        {
            AddPixels(first, second);
            return;
        }

        AddSamples(first, second);
        if (_format.ColourChannels == 3)
        {
            AddLuma(first, second);
        }

        Samples += first.Length;
    }

    private double Decibels(double squaredError, long samples)
        => squaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10((double)_format.Peak * _format.Peak * samples / squaredError);

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
        _squaredError += (ulong)sum;
    }

    private void AddLuma(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        // 255000^2 a pixel: a long holds 140 million pixels, a span of bytes has up to 716 million.
        const int Block = 3 * (1 << 24);
        while (first.Length > 0)
        {
            int length = Math.Min(Block, first.Length);
            long sum = 0;
            for (int i = 0; i <= length - 3; i += 3)
            {
                long luma = (RedWeight * (first[i] - second[i])) + (GreenWeight * (first[i + 1] - second[i + 1])) + (BlueWeight * (first[i + 2] - second[i + 2]));
                sum += luma * luma;
            }

            _squaredLumaError += (ulong)sum;
            first = first[length..];
            second = second[length..];
        }
    }

    private void AddPixels(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        // 65535000^2 a pixel: a long holds the luma of 2147 of them.
        const int BlockPixels = 2048;
        int block = BlockPixels * _format.BytesPerPixel;
        while (first.Length > 0)
        {
            int length = Math.Min(block, first.Length);
            AddBlock(first[..length], second[..length]);
            first = first[length..];
            second = second[length..];
        }
    }

    private void AddBlock(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int pixelBytes = _format.BytesPerPixel, sampleBytes = _format.BytesPerSample, colours = _format.ColourChannels;
        int alphaAt = _format.HasAlpha ? colours * sampleBytes : -1;
        long squared = 0, squaredLuma = 0, squaredAlpha = 0;
        int largest = MaxError, hidden = 0;
        for (int pixel = 0; pixel < first.Length; pixel += pixelBytes)
        {
            ReadOnlySpan<byte> left = first.Slice(pixel, pixelBytes), right = second.Slice(pixel, pixelBytes);
            if (alphaAt >= 0)
            {
                int alpha = Sample(left, alphaAt, sampleBytes), other = Sample(right, alphaAt, sampleBytes);
                int difference = Math.Abs(alpha - other);
                squaredAlpha += (long)difference * difference;
                _maxAlphaError = Math.Max(_maxAlphaError, difference);
                if ((alpha | other) == 0)
                {
                    hidden++;
                    continue;
                }
            }

            long luma = 0;
            for (int channel = 0; channel < colours; channel++)
            {
                int difference = Sample(left, channel * sampleBytes, sampleBytes) - Sample(right, channel * sampleBytes, sampleBytes);
                squared += (long)difference * difference;
                largest = Math.Max(largest, Math.Abs(difference));
                luma += LumaWeights[channel] * difference;
            }

            squaredLuma += luma * luma;
        }

        MaxError = largest;
        Samples += (long)((first.Length / pixelBytes) - hidden) * colours;
        _squaredError += (ulong)squared;
        _squaredLumaError += (ulong)squaredLuma;
        _squaredAlphaError += (ulong)squaredAlpha;
    }

    private static int Sample(ReadOnlySpan<byte> pixel, int at, int bytes) => bytes == 1 ? pixel[at] : BinaryPrimitives.ReadUInt16LittleEndian(pixel[at..]);
}
