using System.IO.Pipelines;

namespace VaeCodec.Tool;

/// <summary>Decodes a whole file into a sink: what decode, encode --verify and demo have in common.</summary>
internal static class DecodeJob
{
    /// <summary>Decodes a stream, which is left open.</summary>
    /// <returns>What the file says of itself, and its length in bytes.</returns>
    public static async Task<(VaeImageInfo Info, long FileBytes)> RunAsync(Stream input, IRowSink sink, VaeDecoderOptions options, CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            await using VaeDecoder decoder = await VaeDecoder.OpenAsync(reader, options, cancellationToken).ConfigureAwait(false);
            await decoder.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
            return (decoder.Info, decoder.FileBytes);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
