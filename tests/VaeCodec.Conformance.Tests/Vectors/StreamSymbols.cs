using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Security.Cryptography;
using VaeCodec.Format;
using VaeCodec.Tiles;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>The symbols of a whole stream, hashed: what guarantee G1 is about.</summary>
internal static class StreamSymbols
{
    /// <summary>
    /// SHA-256 over the tiles in the order of the file; of each tile z as signed bytes, then q as 16-bit little-endian
    /// integers, both as row, column, channel, or of a tile that is coded as samples these, row after row: the bytes that the tile's symbol checksum
    /// covers. Where there is alpha beside them, each tile's alpha samples come first. Of a lossless stream the symbols are the samples, and the hash is that of the picture.
    /// </summary>
    public static async Task<string> HashAsync(byte[] file, VaeModel model)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ContainerReader container = new(PipeReader.Create(new MemoryStream(file)));
        ContainerHeader header = await container.ReadHeaderAsync();
        await container.ReadMetadataAsync();
        if (header.Lossless)
        {
            return Convert.ToHexStringLower(SHA256.HashData(VaeDecoder.Decode(file).Pixels));
        }

        using TileLatentCoder latents = new(model, TileArea.Of(0, 0, header.TileSize, header.Width, header.Height));
        TileEntropyCoder entropy = new(model);
        DecodedPicture? picture = null;
        while (await container.ReadTileAsync() is { } tile)
        {
            using (tile)
            {
                TilePart colour = TilePart.Whole(tile);
                int colours = header.Layout.ColourChannels();
                if (header.Layout.HasAlpha())
                {
                    Assert.True(TilePart.Whole(tile).TrySplit(out _, out colour));
                    picture ??= VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model] });
                    AppendSamples(hash, header, picture, tile, colours, 1);
                }

                if (header.MixedTiles && colour.IsSamples)
                {
                    picture ??= VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model] });
                    AppendSamples(hash, header, picture, tile, 0, colours);
                    continue;
                }

                TileArea area = TileArea.Of(tile.Column, tile.Row, header.TileSize, header.Width, header.Height);
                Assert.True(entropy.TryDecode(colour.Bytes.Span[(header.MixedTiles ? 1 : 0)..], latents, area, header.Quality));
                foreach (sbyte z in latents.Buffers.HyperLatents.AsSpan(0, latents.Buffers.HyperCount(area)))
                {
                    hash.AppendData([(byte)z]);
                }

                byte[] symbols = new byte[2 * latents.Buffers.Count(area)];
                for (int i = 0; i < symbols.Length; i += 2)
                {
                    BinaryPrimitives.WriteInt16LittleEndian(symbols.AsSpan(i), latents.Buffers.Symbols[i / 2]);
                }

                hash.AppendData(symbols);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Appends some of the samples of a tile's pixels.</summary>
    private static void AppendSamples(IncrementalHash hash, ContainerHeader header, DecodedPicture picture, TileSection tile, int first, int count)
    {
        int sampleBytes = header.Layout.BytesPerSample(), pixelBytes = header.Layout.BytesPerPixel();
        (int left, int top) = (tile.Column * header.TileSize, tile.Row * header.TileSize);
        for (int y = top; y < Math.Min(top + header.TileSize, header.Height); y++)
        {
            for (int x = left; x < Math.Min(left + header.TileSize, header.Width); x++)
            {
                hash.AppendData(picture.Pixels.AsSpan((y * picture.Picture.RowBytes) + (x * pixelBytes) + (first * sampleBytes), count * sampleBytes));
            }
        }
    }
}
