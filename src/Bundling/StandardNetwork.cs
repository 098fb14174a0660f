using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Bundling;

/// <summary>The standard network in the widths that trained weights have.</summary>
public static class StandardNetwork
{
    /// <summary>Describes the standard network that weights are of: their shapes say how many channels the latents and the spatial context have.</summary>
    /// <param name="weights">Float weights.</param>
    /// <returns>The description; whether all weights fit it is for the bundler to check.</returns>
    /// <exception cref="VaeModelException">They lack the tensors that say so, or have an impossible number of channels.</exception>
    public static ModelDescription Of(SafetensorsFile weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return ModelDescription.Standard(Outputs(weights, "analysis.linear.weight"), Outputs(weights, "context.spatial.weight"));
    }

    private static int Outputs(SafetensorsFile weights, string name)
        => weights.Tensors.TryGetValue(name, out Tensor? tensor) && tensor.Shape is [> 0 and <= ModelLimits.MaxLatentChannels, _, _, _]
            ? tensor.Shape[0]
            : throw new VaeModelException(
                VaeError.ModelInvalid,
                $"The float weights are not those of a standard network: they have no tensor \"{name}\" of four dimensions, the first 1 to {ModelLimits.MaxLatentChannels}.");
}
