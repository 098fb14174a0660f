using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Streams;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>Makes broken streams of sound ones. What starts with "raw" leaves the checksums wrong; everything else makes them right again.</summary>
internal sealed class StreamMutator
{
    private static readonly uint[] s_sizes = [0, 1, 63, 64, 65, 256, 1000, 1 << 14, 1 << 20, int.MaxValue, 1u << 31, uint.MaxValue];
    private static readonly ulong[] s_states = [0, 1, 1UL << 31, (1UL << 31) + 1, (1UL << 63) - 1, 1UL << 63, ulong.MaxValue];

    private readonly SeededRandom _random;
    private readonly List<byte[]> _files;
    private readonly List<StreamStructure> _streams;
    private readonly List<(string Name, Func<byte[]> Make)> _mutators;

    public StreamMutator(SeededRandom random, IEnumerable<byte[]> corpus)
    {
        _random = random;
        _files = [.. corpus];
        _streams = [.. _files.Select(file => StreamStructure.Parse(file))];
        HostileStreams hostile = new(random);
        _mutators =
        [
            ("raw bytes", () => ByteMutator.Mutate(File(), random)),
            ("raw bytes", () => ByteMutator.Mutate(File(), random, StreamStructure.PreambleBytes)),
            ("raw cut", Cut),
            ("raw joined", Join),
            ("header bytes", () => Sealed(stream => stream.Section('H').Payload = ByteMutator.Mutate(stream.Header, random))),
            ("header fields", () => Sealed(EditHeader)),
            ("size", () => Sealed(EditSize)),
            ("sections", () => Sealed(EditSections)),
            ("frames", () => Sealed(EditFrame)),
            ("payload", () => Sealed(stream => Mutate(stream.Sections[random.Below(stream.Sections.Count)]))),
            ("coded bytes", () => Sealed(EditCodedBytes)),
            ("coded bytes", () => Sealed(EditCodedBytes)),
            ("coded bytes", () => Sealed(EditCodedBytes)),
            ("coder states", () => Sealed(EditStates)),
            ("coded noise", () => Sealed(ReplaceCodedBytes)),
            ("hostile symbols", hostile.Create),
            ("several", () => Sealed(EditSeveral)),
        ];
    }

    /// <summary>The next broken stream.</summary>
    public (string Mutator, byte[] File) Next()
    {
        (string name, Func<byte[]> make) = _mutators[_random.Below(_mutators.Count)];
        return (name, make());
    }

    private byte[] File() => _files[_random.Below(_files.Count)];

    private byte[] Cut()
    {
        byte[] file = File();
        return file[..(_random.Below(file.Length) + 1)];
    }

    private byte[] Join()
    {
        byte[] one = File(), other = File();
        return [.. one.AsSpan(0, _random.Below(one.Length)), .. other.AsSpan(_random.Below(other.Length))];
    }

    private byte[] Sealed(Action<StreamStructure> edit)
    {
        StreamStructure stream = _streams[_random.Below(_streams.Count)].Clone();
        edit(stream);

        // Mostly the tail agrees with what stands before it, so that the rest is reached.
        if (_random.Below(8) != 0)
        {
            stream.UpdateTail();
        }

        return stream.ToArray();
    }

    private void Mutate(StreamSection section) => section.Payload = ByteMutator.Mutate(section.Payload, _random);

    private StreamSection Tile(StreamStructure stream)
    {
        StreamSection[] tiles = [.. stream.Sections.Where(section => section.Type == 'T' && section.Payload.Length > 8)];
        return tiles.Length == 0 ? stream.Sections[^1] : tiles[_random.Below(tiles.Length)];
    }

    private void EditHeader(StreamStructure stream)
    {
        byte[] header = stream.Header;
        switch (_random.Below(6))
        {
            case 0:
                header[8] ^= (byte)(1 + _random.Below(3));
                break;
            case 1:
                header[10] = (byte)(1 + _random.Below(100));
                break;
            case 2:
                header[11] = (byte)(4 + _random.Below(61));
                break;
            case 3:
                header[13 + _random.Below(4)] = _random.Byte();
                break;
            case 4:
                header[8 + _random.Below(10)] = _random.Byte();
                break;
            default:
                header[18 + _random.Below(header.Length - 18)] ^= (byte)(1 << _random.Below(8));
                break;
        }
    }

    private void EditSize(StreamStructure stream)
    {
        Span<byte> field = stream.Header.AsSpan(4 * _random.Below(2), 4);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(field);
        uint padded = (size + 63) / 64 * 64;
        BinaryPrimitives.WriteUInt32LittleEndian(field, _random.Below(3) switch
        {
            0 => s_sizes[_random.Below(s_sizes.Length)],
            1 => padded - (uint)_random.Below(64),
            _ => (uint)_random.Below(3000),
        });
    }

    private void EditSections(StreamStructure stream)
    {
        List<StreamSection> sections = stream.Sections;
        int one = _random.Below(sections.Count), other = _random.Below(sections.Count);
        switch (_random.Below(4))
        {
            case 0:
                sections.RemoveAt(one);
                break;
            case 1:
                sections.Insert(other, sections[one].Clone());
                break;
            case 2:
                (sections[one], sections[other]) = (sections[other], sections[one]);
                break;
            default:
                sections.Insert(one, new StreamSection(_random.Byte(), (byte)_random.Below(16), [.. Enumerable.Range(0, _random.Below(50)).Select(_ => _random.Byte())]));
                break;
        }
    }

    private void EditFrame(StreamStructure stream)
    {
        StreamSection section = stream.Sections[_random.Below(stream.Sections.Count)];
        switch (_random.Below(3))
        {
            case 0:
                section.Type = _random.Below(2) == 0 ? _random.Byte() : (byte)"HIEXTDNZ"[_random.Below(8)];
                break;
            case 1:
                section.Flags = _random.Byte();
                break;
            default:
                section.StatedLength = _random.Below(2) == 0 ? (uint)_random.Below(2 * section.Payload.Length) : s_sizes[_random.Below(s_sizes.Length)];
                break;
        }
    }

    private void EditCodedBytes(StreamStructure stream)
    {
        StreamSection tile = Tile(stream);
        tile.Payload = ByteMutator.Mutate(tile.Payload, _random, Math.Min(8, tile.Payload.Length - 1));

        // The coder takes whole words.
        tile.Payload = tile.Payload[..(tile.Payload.Length / 4 * 4)];
    }

    private void EditStates(StreamStructure stream)
    {
        byte[] payload = Tile(stream).Payload;
        for (int state = 0; state < 2 && payload.Length >= 24; state++)
        {
            ulong value = _random.Below(2) == 0 ? s_states[_random.Below(s_states.Length)] : _random.Next() >> 1;
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8 + (8 * state)), value);
        }
    }

    private void ReplaceCodedBytes(StreamStructure stream)
    {
        StreamSection tile = Tile(stream);
        byte[] noise = new byte[24 + (4 * _random.Below(200))];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = i < 8 && i < tile.Payload.Length ? tile.Payload[i] : _random.Byte();
        }

        noise[15] &= 0x7F;
        noise[23] &= 0x7F;
        tile.Payload = noise;
    }

    private void EditSeveral(StreamStructure stream)
    {
        Action<StreamStructure>[] edits = [EditHeader, EditSize, EditSections, EditFrame, EditCodedBytes];
        for (int count = 2 + _random.Below(2); count > 0 && stream.Sections.Any(section => section.Type == 'H' && section.Payload.Length > 50); count--)
        {
            edits[_random.Below(edits.Length)](stream);
        }
    }
}
