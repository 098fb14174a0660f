namespace VaeCodec.Imaging;

/// <summary>How pictures are written.</summary>
public sealed record PictureWriterOptions
{
    /// <summary>The defaults.</summary>
    public static PictureWriterOptions Default { get; } = new();

    /// <summary>zlib level of a PNG's pixels, 0 (stored) to 9 (smallest). Default 6.</summary>
    public int PngCompressionLevel
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(PngCompressionLevel));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 9, nameof(PngCompressionLevel));
            field = value;
        }
    } = 6;

    /// <summary>JPEG quality on libjpeg's scale, 1 to 100. Default 95.</summary>
    public int JpegQuality
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(JpegQuality));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100, nameof(JpegQuality));
            field = value;
        }
    } = 95;

    /// <summary>Whether a colour JPEG stores chroma at half resolution (4:2:0). Default false: 4:4:4.</summary>
    public bool JpegSubsample420 { get; init; }

    /// <summary>
    /// Largest size in bytes of a picture that is collected whole before it is written, which only JPEG needs:
    /// width x height x channels. Default: that of <see cref="VaeLimits.Default"/>.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = VaeLimits.Default.MaxMemoryBytes;
}
