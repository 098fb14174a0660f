using System.IO.Pipelines;

namespace VaeCodec;

/// <summary>Turns pictures into .vae files.</summary>
public static class VaeEncoder
{
    /// <summary>Encodes a picture. Reads its rows once, from top to bottom, and never seeks in the output.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="output">Where the file goes. Flushed but not completed.</param>
    /// <param name="options">How; null is the default.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeException">The source is damaged or a limit would be exceeded.</exception>
    public static Task<VaeEncodeResult> EncodeAsync(IRowSource source, PipeWriter output, VaeEncoderOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    /// <summary>Encodes a picture to a stream, which is flushed and left open.</summary>
    /// <inheritdoc cref="EncodeAsync(IRowSource, PipeWriter, VaeEncoderOptions?, CancellationToken)"/>
    public static Task<VaeEncodeResult> EncodeAsync(IRowSource source, Stream output, VaeEncoderOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();
}
