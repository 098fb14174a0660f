using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Speed.Measuring;

/// <summary>The standard model's weights with a way of computing convolutions, so that two ways can be compared in one run.</summary>
internal static class MethodModel
{
    /// <summary>The file of such a model.</summary>
    public static byte[] File(ConvolutionMethod method)
    {
        SafetensorsFile file = SafetensorsFile.Parse(VaeModel.Standard.Networks.ToArray());
        file.Metadata["description"] = ModelDescriptionJson.Write(VaeModel.Standard.Networks.Description with { Convolutions = method });
        return file.ToArray();
    }

    /// <summary>The model.</summary>
    public static VaeModel Load(ConvolutionMethod method)
        => VaeModel.Standard.Networks.Description.Convolutions == method ? VaeModel.Standard : VaeModel.Load(File(method));
}
