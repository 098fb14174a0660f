namespace VaeCodec.Tool;

/// <summary>Decodes a whole file into a sink: what decode, encode --verify and demo have in common.</summary>
internal static class DecodeJob
{
    /// <summary>Decodes a stream, which is left open.</summary>
    /// <param name="input">The file.</param>
    /// <param name="sink">Where the rows go.</param>
    /// <param name="options">How.</param>
    /// <param name="check">Hears what the picture is before anything is decoded, and throws where that will not do; null takes all.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What it was; its <see cref="DecodeResult.LostTiles"/> are empty unless the options allow parts.</returns>
    public static async Task<DecodeResult> RunAsync(Stream input, IRowSink sink, VaeDecoderOptions options, Func<PictureDescription, Task>? check, CancellationToken cancellationToken)
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(input, options, cancellationToken).ConfigureAwait(false);
        if (check is not null)
        {
            await check(decoder.Picture).ConfigureAwait(false);
        }

        await decoder.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
        return new DecodeResult(decoder.Info, decoder.Picture, decoder.FileBytes, decoder.LostTiles, decoder.TailProblem);
    }
}
