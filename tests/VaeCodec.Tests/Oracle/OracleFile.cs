using VaeCodec.Bundling;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Oracle;

/// <summary>Tensors that another library computed with the bootstrap weights in 32-bit floats.</summary>
internal sealed class OracleFile
{
    private readonly SafetensorsFile _file = SafetensorsFile.Load(SharedFolder.File("models/bootstrap-reference.safetensors"));

    /// <summary>A tensor of one picture as row, column, channel.</summary>
    public float[] Read(string name)
    {
        Tensor tensor = _file.Tensors[name];
        float[] source = tensor.ToFloats(), result = new float[source.Length];
        int channels = tensor.Shape[1], area = tensor.Shape[2] * tensor.Shape[3];
        for (int i = 0; i < source.Length; i++)
        {
            result[(i % area * channels) + (i / area)] = source[i];
        }

        return result;
    }

    /// <summary>The bootstrap weights in 32-bit floats, with the scale network that was bundled from them.</summary>
    public static async Task<VaeModel> FloatModelAsync()
    {
        SafetensorsFile weights = SafetensorsFile.Load(SharedFolder.File(BootstrapModel.Weights));
        ModelDescription description = StandardNetwork.Of(weights);
        IReadOnlyList<IntegerConvolution> scales = (await BootstrapModel.Value).Networks.ScaleNetwork;
        SafetensorsFile file = ModelAssembly.Assemble(weights, description, new LevelTables(weights, description), scales, new SymbolCounts(description.Scales), "bootstrap-f32", new Dictionary<string, string>());
        foreach ((string name, _) in description.FloatNetworks.SelectMany(network => network.Tensors()))
        {
            file.Tensors[name] = weights.Tensors[name];
        }

        return VaeModel.Load(file.ToArray());
    }
}
