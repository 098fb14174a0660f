using VaeCodec.Format;

namespace VaeCodec.Tiles;

/// <summary>What one thread needs to code tiles.</summary>
/// <param name="Latents">Latents to symbols and back.</param>
/// <param name="Entropy">Symbols to bytes and back.</param>
internal sealed record TileWorker(TileLatentCoder Latents, TileEntropyCoder Entropy) : IDisposable
{
    /// <summary>Decodes a tile's symbols into the buffers and holds them against their checksum.</summary>
    /// <param name="tile">The tile, or its colour.</param>
    /// <param name="area">Where it lies.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="mixed">Whether its first coded byte says that it is latents.</param>
    /// <exception cref="VaeUnsupportedException">That byte says something else.</exception>
    /// <exception cref="VaeFormatException">They are not those that were coded.</exception>
    public void DecodeSymbols(TilePart tile, TileArea area, int quality, bool mixed)
    {
        if (mixed && tile.Way != TileWay.Latents)
        {
            throw tile.UnknownWay();
        }

        TileBuffers buffers = Latents.Buffers;
        if (!Entropy.TryDecode(tile.Bytes.Span[(mixed ? 1 : 0)..], Latents, area, quality))
        {
            throw tile.Corrupt("its entropy-coded data do not end as they must");
        }

        uint checksum = TileEntropyCoder.Checksum(buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area)), buffers.Symbols.AsSpan(0, buffers.Count(area)));
        if (checksum != tile.Checksum)
        {
            throw tile.Corrupt($"its symbols have the checksum {checksum:X8} where {tile.Checksum:X8} is stored");
        }
    }

    /// <summary>Decodes what was received of a tile's symbols into the buffers; those that were not are zero.</summary>
    /// <param name="tile">The tile, or its colour.</param>
    /// <param name="area">Where it lies.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="mixed">Whether its first coded byte says that it is latents.</param>
    /// <returns>Whether all hyper-latents were.</returns>
    public bool TryDecodeCut(TilePart tile, TileArea area, int quality, bool mixed)
        => !(mixed && tile.Way != TileWay.Latents) && Entropy.TryDecodeCut(tile.Bytes.Span[(mixed ? 1 : 0)..], Latents, area, quality);

    public void Dispose() => Latents.Dispose();
}
