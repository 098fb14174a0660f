using System.IO.Pipelines;
using VaeCodec.Format;

namespace VaeCodec;

/// <summary>
/// Checks whole .vae files: structure, limits, every checksum, index, trailer, and the symbols of every
/// tile down to the entropy coder's last state. Of files with networks no pixel is made, which takes about a seventh of a decode; files without are decoded, as their symbols are their samples.
/// </summary>
public static class VaeVerifier
{
    /// <summary>Checks a file. Damage is reported, not thrown; a tile that is damaged does not hide those behind it.</summary>
    /// <param name="input">The file; read in order to its end where that is possible, not completed.</param>
    /// <param name="options">Models at hand, threads, limits; null is the default. All of the file is checked, whatever region and scale they name. Without the file's model everything but the symbols is checked, and its absence is a problem.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is out of its range.</exception>
    /// <exception cref="IOException">The input cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<VaeVerification> VerifyAsync(PipeReader input, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new VaeDecoderOptions();
        VaeLimits.CheckThreads(options.Threads);
        using FileVerification verification = new(new ContainerReader(input, options.Limits.ForContainer()), options);
        return await verification.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a file in a stream, which is left open.</summary>
    /// <inheritdoc cref="VerifyAsync(PipeReader, VaeDecoderOptions?, CancellationToken)"/>
    public static Task<VaeVerification> VerifyAsync(Stream input, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
        => StreamInput.ReadAsync(input, reader => VerifyAsync(reader, options, cancellationToken));
}
