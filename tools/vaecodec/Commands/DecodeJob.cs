namespace VaeCodec.Tool;

/// <summary>Decodes a whole file into a sink: what decode, encode --verify and demo have in common.</summary>
internal static class DecodeJob
{
    /// <summary>Decodes a stream, which is left open.</summary>
    /// <returns>What it was; its <see cref="DecodeResult.LostTiles"/> are empty unless the options allow parts.</returns>
    public static async Task<DecodeResult> RunAsync(Stream input, IRowSink sink, VaeDecoderOptions options, CancellationToken cancellationToken)
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(input, options, cancellationToken).ConfigureAwait(false);
        await decoder.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
        return new DecodeResult(decoder.Info, decoder.FileBytes, decoder.LostTiles, decoder.TailProblem);
    }
}
