using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Rejection;
using VaeCodec.Conformance.Tests.Streams;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>
/// Streams that are valid to the last checksum and hold symbols that no encoder would write: extreme hyper-latents and
/// residuals, coded properly. They get past everything, into the networks and the pixels.
/// </summary>
internal sealed class HostileStreams(SeededRandom random)
{
    private const int Latents = 4;

    private readonly StreamStructure _template = Rejecting.Structure("square-64x64");
    private readonly TileLatentCoder _latents = new(FrozenModel.Default, new TileArea(0, 0, Latents, Latents));
    private readonly TileEntropyCoder _entropy = new(FrozenModel.Default);

    /// <summary>Makes a stream; every decoder must accept it.</summary>
    public byte[] Create()
    {
        TileArea area = new(0, 0, Latents, Latents);
        TileBuffers buffers = _latents.Buffers;
        int quality = 1 + random.Below(100);
        int mood = random.Below(4);
        Span<sbyte> hyper = buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area));
        foreach (ref sbyte z in hyper)
        {
            z = (sbyte)(mood switch { 0 => 127, 1 => -127, _ => random.Below(255) - 127 });
        }

        _latents.SynthesiseHyper(area);
        Span<short> symbols = buffers.Symbols.AsSpan(0, buffers.Count(area));
        int reach = 1 << random.Below(16);
        foreach (ref short symbol in symbols)
        {
            symbol = (short)(mood == 0 ? TileLatentCoder.MaxSymbol : random.Below((2 * reach) - 1) - (reach - 1));
        }

        StreamStructure stream = _template.Clone();
        stream.Header[10] = (byte)quality;
        stream.Header[8] = (byte)random.Below(2);
        byte[] coded = _entropy.Encode(buffers, area, quality);
        byte[] payload = [0, 0, 0, 0, 0, 0, 0, 0, .. coded];
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), TileEntropyCoder.Checksum(hyper, symbols));
        stream.Section('T').Payload = payload;
        return stream.ToArray();
    }
}
