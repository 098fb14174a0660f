namespace VaeCodec.Tiles;

/// <summary>What one thread needs to code tiles.</summary>
/// <param name="Latents">Latents to symbols and back.</param>
/// <param name="Entropy">Symbols to bytes and back.</param>
internal sealed record TileWorker(TileLatentCoder Latents, TileEntropyCoder Entropy) : IDisposable
{
    public void Dispose() => Latents.Dispose();
}
