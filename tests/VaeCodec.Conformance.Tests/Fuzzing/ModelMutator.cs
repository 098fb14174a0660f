using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>Makes broken model files of the frozen one.</summary>
internal sealed partial class ModelMutator
{
    private const string Description = "description";

    private static readonly string[] s_numbers = ["-1", "0", "1", "2", "3", "4", "5", "7", "8", "9", "16", "17", "64", "255", "256", "4096", "4097", "65536", "2147483647", "2147483648", "0.5", "1e30", "null", "[]"];
    private static readonly float[] s_floats = [0, -0f, 1e-45f, 1e-38f, 1e-7f, 1, -1, 65504, -65504, 1e6f, -1e6f, 1e30f, float.MaxValue, float.NaN, float.PositiveInfinity];
    private static readonly int[] s_integers = [0, 1, -1, 127, -128, 255, 256, 32767, -32768, 65535, 1 << 29, int.MaxValue, int.MinValue];

    private readonly SeededRandom _random;
    private readonly byte[] _file = FrozenModel.Bytes;
    private readonly int _headerBytes = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(FrozenModel.Bytes);
    private readonly List<(string Name, Func<byte[]> Make)> _mutators;

    public ModelMutator(SeededRandom random)
    {
        _random = random;
        _mutators =
        [
            ("header bytes", MutateHeader),
            ("tensor bytes", MutateData),
            ("length", MutateLength),
            ("description", () => Edited(EditDescription)),
            ("layers", () => Edited(InsertLayers)),
            ("tensors", () => Edited(EditTensors)),
            ("values", () => Edited(EditValues)),
            ("values", () => Edited(EditValues)),
        ];
    }

    /// <summary>The next broken model file.</summary>
    public (string Mutator, byte[] File) Next()
    {
        (string name, Func<byte[]> make) = _mutators[_random.Below(_mutators.Count)];
        return (name, make());
    }

    [GeneratedRegex(@"(?<=[:,])[0-9.]+(?=[,}])")]
    private static partial Regex NumberPattern();

    private byte[] MutateHeader()
    {
        byte[] header = ByteMutator.Mutate(_file[8.._headerBytes], _random);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. _file.AsSpan(_headerBytes)];
    }

    private byte[] MutateData()
    {
        byte[] file = [.. _file];
        for (int changes = 1 + _random.Below(20); changes > 0; changes--)
        {
            file[_headerBytes + _random.Below(file.Length - _headerBytes)] = _random.Byte();
        }

        return file;
    }

    private byte[] MutateLength() => _random.Below(3) switch
    {
        0 => _file[.._random.Below(_file.Length)],
        1 => [.. _file, .. new byte[1 + _random.Below(9)]],
        _ => [.. ByteMutator.Mutate(_file[..8], _random), .. _file.AsSpan(8)],
    };

    private byte[] Edited(Action<SafetensorsFile> edit)
    {
        SafetensorsFile file = SafetensorsFile.Parse(_file);
        edit(file);
        return file.ToArray();
    }

    private void EditDescription(SafetensorsFile file)
    {
        string text = file.Metadata[Description];
        MatchCollection numbers = NumberPattern().Matches(text);
        Match number = numbers[_random.Below(numbers.Count)];
        file.Metadata[Description] = string.Concat(text.AsSpan(0, number.Index), s_numbers[_random.Below(s_numbers.Length)], text.AsSpan(number.Index + number.Length));
    }

    /// <summary>Puts layers without weights anywhere, and moves the names of the tensors behind them: shapes often stay right.</summary>
    private void InsertLayers(SafetensorsFile file)
    {
        string text = file.Metadata[Description];
        NetworkDescription[] networks = [.. ModelDescriptionJson.Read(text).Networks];
        NetworkDescription network = networks[_random.Below(networks.Length)];
        int at = _random.Below(network.Layers.Count + 1);
        string[] layers = _random.Below(5) switch
        {
            0 => ["{\"layer\":\"pixel_unshuffle\",\"factor\":2}", "{\"layer\":\"pixel_shuffle\",\"factor\":2}"],
            1 => ["{\"layer\":\"pixel_shuffle\",\"factor\":2}", "{\"layer\":\"pixel_unshuffle\",\"factor\":2}"],
            2 => ["{\"layer\":\"pixel_unshuffle\",\"factor\":4}", "{\"layer\":\"leaky_relu\",\"slope\":0.5}", "{\"layer\":\"pixel_shuffle\",\"factor\":4}"],
            3 => ["{\"layer\":\"leaky_relu\",\"slope\":0}"],
            _ => ["{\"layer\":\"leaky_relu\",\"slope\":0.1}", "{\"layer\":\"leaky_relu\",\"slope\":1}"],
        };
        int position = text.IndexOf($"\"{network.Name}\":[", StringComparison.Ordinal) + network.Name.Length + 4;
        for (int layer = 0; layer < at; layer++)
        {
            position = text.IndexOf('}', position) + 1;
            position += text[position] == ',' ? 1 : 0;
        }

        string inserted = string.Join(',', layers);
        inserted = at < network.Layers.Count ? inserted + "," : "," + inserted;
        file.Metadata[Description] = text.Insert(position, inserted);
        foreach (string name in file.Tensors.Keys.Where(name => !network.IsSingle && name.StartsWith(network.Name + ".", StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal).ToList())
        {
            string[] parts = name[(network.Name.Length + 1)..].Split('.', 2);
            if (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int layer) && layer >= at)
            {
                file.Tensors.Remove(name, out Tensor? tensor);
                file.Tensors[$"{network.Name}.{layer + layers.Length}.{parts[1]}"] = tensor!;
            }
        }
    }

    private void EditTensors(SafetensorsFile file)
    {
        string name = RandomTensor(file);
        Tensor tensor = file.Tensors[name];
        switch (_random.Below(4))
        {
            case 0:
                file.Tensors.Remove(name);
                break;
            case 1:
                file.Tensors[name + "x"] = tensor;
                break;
            case 2:
                TensorType[] types = [.. Enum.GetValues<TensorType>().Where(type => Tensor.ElementBytes(type) == Tensor.ElementBytes(tensor.Type))];
                file.Tensors[name] = tensor with { Type = types[_random.Below(types.Length)] };
                break;
            default:
                file.Tensors[name] = file.Tensors[RandomTensor(file)];
                break;
        }
    }

    private void EditValues(SafetensorsFile file)
    {
        string name = RandomTensor(file);
        Tensor tensor = file.Tensors[name];
        byte[] data = tensor.Data.ToArray();
        int width = Tensor.ElementBytes(tensor.Type);
        bool everywhere = _random.Below(3) == 0;
        int first = everywhere ? 0 : _random.Below(tensor.Count);
        int last = everywhere ? tensor.Count - 1 : first;
        float real = s_floats[_random.Below(s_floats.Length)];
        int integer = s_integers[_random.Below(s_integers.Length)];
        for (int i = first; i <= last; i++)
        {
            Span<byte> element = data.AsSpan(i * width, width);
            switch (tensor.Type)
            {
                case TensorType.F32:
                    BinaryPrimitives.WriteSingleLittleEndian(element, real);
                    break;
                case TensorType.F16:
                    BinaryPrimitives.WriteHalfLittleEndian(element, (Half)real);
                    break;
                case TensorType.I32:
                    BinaryPrimitives.WriteInt32LittleEndian(element, integer);
                    break;
                case TensorType.I16 or TensorType.U16:
                    BinaryPrimitives.WriteInt16LittleEndian(element, (short)integer);
                    break;
                default:
                    element[0] = (byte)integer;
                    break;
            }
        }

        file.Tensors[name] = tensor with { Data = data };
    }

    private string RandomTensor(SafetensorsFile file)
    {
        string[] names = [.. file.Tensors.Keys.Order(StringComparer.Ordinal)];
        return names[_random.Below(names.Length)];
    }
}
