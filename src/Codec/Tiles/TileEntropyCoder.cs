using System.Runtime.InteropServices;
using VaeCodec.Entropy;
using VaeCodec.Format;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Tiles;

/// <summary>
/// The symbols of a tile as one entropy-coded stream: z (row, column, channel), then the even positions of q, then the
/// odd ones (row, column, channel each).
/// </summary>
internal sealed class TileEntropyCoder
{
    /// <summary>Largest magnitude of a hyper-latent.</summary>
    public const int MaxHyperLatent = 127;

    private readonly VaeModel _model;
    private readonly RansEncoder _encoder = new();
    private DecoderTable[] _hyperPriors = [];
    private int _hyperPriorQuality;

    /// <summary>Makes a coder.</summary>
    /// <param name="model">The model.</param>
    public TileEntropyCoder(VaeModel model) => _model = model;

    /// <summary>The checksum of a tile's symbols: CRC-32C of z as bytes, then q as 16-bit little-endian integers, both as row, column, channel.</summary>
    public static uint Checksum(ReadOnlySpan<sbyte> hyperLatents, ReadOnlySpan<short> symbols)
    {
        Crc32CAccumulator crc = new();
        crc.Append(MemoryMarshal.AsBytes(hyperLatents));
        if (BitConverter.IsLittleEndian)
        {
            crc.Append(MemoryMarshal.AsBytes(symbols));
            return crc.Value;
        }

        Span<byte> bytes = stackalloc byte[2];
        foreach (short symbol in symbols)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt16LittleEndian(bytes, symbol);
            crc.Append(bytes);
        }

        return crc.Value;
    }

    /// <summary>Codes the symbols in the buffers.</summary>
    /// <param name="buffers">The symbols.</param>
    /// <param name="area">The tile.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="head">What stands before them.</param>
    public byte[] Encode(TileBuffers buffers, TileArea area, int quality, ReadOnlySpan<byte> head = default)
    {
        _encoder.Clear();
        ReadOnlySpan<CdfTable> priors = _model.Networks.HyperPriors(quality);
        ReadOnlySpan<sbyte> hyper = buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area));
        for (int i = 0; i < hyper.Length; i += priors.Length)
        {
            for (int c = 0; c < priors.Length; c++)
            {
                _encoder.Put(priors[c], hyper[i + c]);
            }
        }

        ReadOnlySpan<short> offsets = _model.Networks.ScaleOffset(quality);
        EncoderTable[] scales = _model.EncoderTables;
        int channels = offsets.Length;
        for (int parity = 0; parity < 2; parity++)
        {
            for (int row = 0; row < area.Height; row++)
            {
                for (int column = (row + parity) & 1; column < area.Width; column += 2)
                {
                    int start = ((row * area.Width) + column) * channels;
                    _encoder.Put(scales, buffers.LogScales.AsSpan(start, channels), offsets, buffers.Symbols.AsSpan(start, channels));
                }
            }
        }

        return _encoder.Finish(head);
    }

    /// <summary>Decodes a stream into the buffers; the hyper-decoder runs between z and q.</summary>
    /// <returns>Whether the stream was sound to its end.</returns>
    public bool TryDecode(ReadOnlySpan<byte> stream, TileLatentCoder latents, TileArea area, int quality)
    {
        RansDecoder decoder = new(stream);
        if (!TryGetHyperLatents(ref decoder, latents, area, quality))
        {
            return false;
        }

        GetSymbols(ref decoder, latents, area, quality);
        return decoder.IsAtEnd;
    }

    /// <summary>Decodes the beginning of a stream into the buffers; symbols that are not in it are zero.</summary>
    /// <returns>Whether all of z is in it.</returns>
    public bool TryDecodeCut(ReadOnlySpan<byte> stream, TileLatentCoder latents, TileArea area, int quality)
    {
        RansDecoder decoder = new(stream[..(stream.Length / sizeof(uint) * sizeof(uint))]);
        if (!TryGetHyperLatents(ref decoder, latents, area, quality))
        {
            return false;
        }

        latents.Buffers.Symbols.AsSpan(0, latents.Buffers.Count(area)).Clear();
        GetSymbols(ref decoder, latents, area, quality);
        return true;
    }

    private bool TryGetHyperLatents(ref RansDecoder decoder, TileLatentCoder latents, TileArea area, int quality)
    {
        TileBuffers buffers = latents.Buffers;
        DecoderTable[] priors = HyperPriors(quality);
        Span<sbyte> hyper = buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area));
        for (int i = 0; i < hyper.Length && !decoder.Failed; i += priors.Length)
        {
            for (int c = 0; c < priors.Length; c++)
            {
                hyper[i + c] = (sbyte)decoder.Get(priors[c], MaxHyperLatent);
            }
        }

        if (decoder.Failed)
        {
            return false;
        }

        latents.SynthesiseHyper(area);
        return true;
    }

    /// <summary>Takes q, up to the last position whose symbols are all there.</summary>
    private void GetSymbols(ref RansDecoder decoder, TileLatentCoder latents, TileArea area, int quality)
    {
        TileBuffers buffers = latents.Buffers;
        ReadOnlySpan<short> offsets = _model.Networks.ScaleOffset(quality);
        DecoderTable[] scales = _model.ScaleTables;
        int channels = offsets.Length;
        for (int parity = 0; parity < 2; parity++)
        {
            for (int row = 0; row < area.Height; row++)
            {
                for (int column = (row + parity) & 1; column < area.Width; column += 2)
                {
                    int start = ((row * area.Width) + column) * channels;
                    Span<short> symbols = buffers.Symbols.AsSpan(start, channels);
                    ReadOnlySpan<short> logScales = buffers.LogScales.AsSpan(start, channels);
                    for (int c = 0; c < symbols.Length; c++)
                    {
                        int index = Math.Clamp(logScales[c] + offsets[c], 0, scales.Length - 1);
                        symbols[c] = (short)decoder.Get(scales[index], TileLatentCoder.MaxSymbol);
                    }

                    if (decoder.Failed)
                    {
                        symbols.Clear();
                        return;
                    }
                }
            }
        }
    }

    private DecoderTable[] HyperPriors(int quality)
    {
        if (_hyperPriorQuality != quality)
        {
            ReadOnlySpan<CdfTable> priors = _model.Networks.HyperPriors(quality);
            _hyperPriors = new DecoderTable[priors.Length];
            for (int c = 0; c < priors.Length; c++)
            {
                _hyperPriors[c] = new DecoderTable(priors[c]);
            }

            _hyperPriorQuality = quality;
        }

        return _hyperPriors;
    }
}
