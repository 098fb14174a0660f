using System.IO.Pipelines;
using VaeCodec.Targets;

namespace VaeCodec;

/// <summary>Turns pictures into .vae files.</summary>
public static class VaeEncoder
{
    /// <summary>Encodes a picture. Reads its rows once, from top to bottom, and never seeks in the output. With more than one thread some rows are read ahead while others are encoded.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="output">Where the file goes. Flushed but not completed.</param>
    /// <param name="options">How; null is the default.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="VaeException">The source is damaged or a limit would be exceeded.</exception>
    /// <exception cref="ArgumentException">The source gives samples above the largest of the depth that it states; some of the file may be written by then.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="IOException">Whoever reads the output's pipe has stopped; or what source and output throw themselves.</exception>
    public static async Task<VaeEncodeResult> EncodeAsync(IRowSource source, PipeWriter output, VaeEncoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        PictureEncoding encoding = PictureEncoding.Create(source, output, options ?? new VaeEncoderOptions());
        await using (encoding.ConfigureAwait(false))
        {
            return await encoding.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Encodes a picture to a stream, which is flushed and left open.</summary>
    /// <inheritdoc cref="EncodeAsync(IRowSource, PipeWriter, VaeEncoderOptions?, CancellationToken)"/>
    public static async Task<VaeEncodeResult> EncodeAsync(IRowSource source, Stream output, VaeEncoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        PipeWriter writer = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        try
        {
            VaeEncodeResult result = await EncodeAsync(source, writer, options, cancellationToken).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception exception)
        {
            // Completed with the exception, the writer drops what it still buffers instead of flushing half a file.
            await writer.CompleteAsync(exception).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Encodes a picture to a size or to a nearness to the original: tries qualities, and prices of a bit between them, until it is there. Of photographs that takes two to eight encodes.
    /// The best file so far is held in memory, and up to three times the one that is tried. <see cref="VaeEncoderOptions.Progress"/> hears of each encode anew.
    /// </summary>
    /// <param name="open">Opens the picture at its first row, each time anew. What it gives is disposed when it can be.</param>
    /// <param name="output">Where the file goes, once it is found. Flushed, and left open.</param>
    /// <param name="target">The target.</param>
    /// <param name="options">How else; <see cref="VaeEncoderOptions.Quality"/> has no effect, but must be in its range. Null is the default. With effort 1 sizes are those of whole qualities, some 3 % apart.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="VaeException">The source is damaged, a limit would be exceeded, or no quality gets there (<see cref="VaeError.TargetUnreachable"/>).</exception>
    /// <exception cref="ArgumentException">The options ask for samples that are exact or within a bound, which leaves no quality to choose.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static async Task<VaeTargetResult> EncodeToTargetAsync(
        Func<CancellationToken, ValueTask<IRowSource>> open, Stream output, VaeTarget target, VaeEncoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        if (options is { CodesSamples: true })
        {
            throw new ArgumentException("Lossless and near-lossless files have no quality by which to reach a target.", nameof(options));
        }

        options ??= new VaeEncoderOptions();
        PictureEncoding.CheckOptions(options);
        TargetEncoding encoding = new(open, target, options);
        TargetTrial found = await encoding.FindAsync(cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(found.File, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new VaeTargetResult(found.Result, found.Quality, target.Kind == TargetKind.Psnr ? found.Measure : null, encoding.Encodes);
    }

    /// <summary>Encodes a picture in memory.</summary>
    /// <param name="picture">Size, layout and metadata.</param>
    /// <param name="pixels">Row after row, <see cref="PictureDescription.RowBytes"/> bytes each.</param>
    /// <param name="options">How; null is the default.</param>
    /// <returns>The file.</returns>
    /// <exception cref="VaeException">A limit would be exceeded.</exception>
    /// <exception cref="ArgumentException">There are not as many pixels as the description says.</exception>
    public static byte[] Encode(PictureDescription picture, ReadOnlyMemory<byte> pixels, VaeEncoderOptions? options = null)
    {
        using MemoryStream file = new();
        EncodeAsync(new MemoryRowSource(picture, pixels), file, options).GetAwaiter().GetResult();
        return file.ToArray();
    }
}
