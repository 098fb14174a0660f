using VaeCodec.Tiles;

namespace VaeCodec.Inspection;

/// <summary>Decodes files up to a stage. Tiles that are coded as samples are whole at every stage.</summary>
public static class StagedDecoder
{
    /// <summary>Decodes a file into memory.</summary>
    /// <param name="file">The file; left open.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="options">How else; a scale saves time and memory. Null is the default.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeException">The file is damaged, its model is not at hand, or a limit would be exceeded.</exception>
    public static async Task<DecodedPicture> DecodeAsync(Stream file, PreviewStage stage, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new VaeDecoderOptions();
        SymbolsKept kept = stage switch
        {
            PreviewStage.HyperLatents => SymbolsKept.None,
            PreviewStage.FirstPass => SymbolsKept.FirstPass,
            _ => SymbolsKept.All,
        };
        VaeDecoder decoder = await VaeDecoder.OpenAsync(file, options with { Kept = kept }, cancellationToken).ConfigureAwait(false);
        await using (decoder.ConfigureAwait(false))
        {
            MemoryRowSink sink = new(options.Limits);
            await decoder.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
            return new DecodedPicture(sink.Picture, sink.Pixels);
        }
    }
}
