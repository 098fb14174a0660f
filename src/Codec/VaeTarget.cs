using VaeCodec.Targets;

namespace VaeCodec;

/// <summary>What an encode is to reach: a size, or a nearness to the original. See <see cref="VaeEncoder.EncodeToTargetAsync"/>.</summary>
public sealed record VaeTarget
{
    private VaeTarget(TargetKind kind, double value) => (Kind, Value) = (kind, value);

    internal TargetKind Kind { get; }

    internal double Value { get; }

    /// <summary>The largest file of at most so many bytes: of photographs between 98 and 100 % of them, where the picture has qualities on both sides.</summary>
    /// <param name="bytes">Bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one byte.</exception>
    public static VaeTarget FileBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return new VaeTarget(TargetKind.Bytes, bytes);
    }

    /// <summary>The largest file of at most so many bits for each pixel of the picture, as near as <see cref="FileBytes"/>.</summary>
    /// <param name="bitsPerPixel">Bits for a pixel, more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive number.</exception>
    public static VaeTarget BitsPerPixel(double bitsPerPixel) => new(TargetKind.BitsPerPixel, Positive(bitsPerPixel));

    /// <summary>A quality that reaches a PSNR with little more than that: the first found that is at most 0.2 dB above it, otherwise the lowest that reaches it.</summary>
    /// <param name="decibels">PSNR in dB over all colour samples of pixels that are not transparent, peak 2^bits - 1; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive number.</exception>
    public static VaeTarget Psnr(double decibels) => new(TargetKind.Psnr, Positive(decibels));

    private static double Positive(double value)
        => double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A target is a positive number.");
}
