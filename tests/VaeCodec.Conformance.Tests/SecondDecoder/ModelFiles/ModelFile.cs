using VaeCodec.Conformance.Tests.SecondDecoder.Coding;
using VaeCodec.Conformance.Tests.SecondDecoder.Networks;

namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Chapter 10: a model, verified and ready for use.</summary>
internal sealed class ModelFile
{
    private const string Format = "vaecodec-model/0.1";

    private readonly ProbabilityTables _probabilities;
    private readonly Dictionary<string, Network> _networks = [];

    private ModelFile(SafetensorsFile file)
    {
        Name = Metadata(file, "name");
        Require(Metadata(file, "format") == Format, "an unknown format");
        Require(Name.Length is >= 1 and <= 64 && Name.All(character => character is >= ' ' and <= '~'), "an invalid name");
        Description = DescriptionParser.Parse(Metadata(file, "description"));
        StructureRules.Verify(Description);
        Identity = ModelIdentity.Of(Description, file.Tensors.Values);

        ModelTensors tensors = new(file.Tensors);
        foreach (NetworkDescription network in Description.Networks.Where(network => network.Name != NetworkNames.HyperScale))
        {
            _networks[network.Name] = NetworkBuilder.Build(network, tensors, Description.Winograd);
        }

        HyperScale = IntegerScaleNetwork.Build(Description.Network(NetworkNames.HyperScale), tensors);
        Tables = new QualityTables(tensors, Description.LatentChannels);
        _probabilities = new ProbabilityTables(tensors, Description.Scales, Description.HyperChannels);
    }

    public string Name { get; }

    /// <summary>Section 10.6, as 64 hexadecimal digits.</summary>
    public string Identity { get; }

    public ModelDescription Description { get; }

    public QualityTables Tables { get; }

    public IntegerScaleNetwork HyperScale { get; }

    public static ModelFile Load(byte[] file) => new(SafetensorsFile.Parse(file));

    /// <summary>A network of floats, that is any but hyper_scale.</summary>
    public Network Network(string name) => _networks[name];

    /// <summary>The table of scales of an index.</summary>
    public FrequencyTable ScaleTable(int index) => _probabilities.Scale(index);

    /// <summary>The prior of a channel of z.</summary>
    public FrequencyTable Prior(int quality, int channel) => _probabilities.Prior(quality, channel);

    private static string Metadata(SafetensorsFile file, string key)
    {
        Require(file.Metadata.ContainsKey(key), $"no {key}");
        return file.Metadata[key];
    }

    private static void Require(bool holds, string broken) => DecodingException.Require(holds, FailureKind.ModelInvalid, $"The model: {broken}.");
}
