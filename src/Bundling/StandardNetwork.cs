using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Bundling;

/// <summary>The standard network in the width that trained weights have.</summary>
public static class StandardNetwork
{
    /// <summary>Describes the standard network that weights are of: their tables of levels say how many latent channels it has.</summary>
    /// <param name="weights">Float weights.</param>
    /// <returns>The description; whether all weights fit it is for the bundler to check.</returns>
    /// <exception cref="VaeModelException">They have no table "gain.log" of two dimensions, or an impossible number of channels.</exception>
    public static ModelDescription Of(SafetensorsFile weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights.Tensors.TryGetValue("gain.log", out Tensor? gain) && gain.Shape is [_, > 0 and <= ModelLimits.MaxLatentChannels]
            ? ModelDescription.Standard(gain.Shape[1])
            : throw new VaeModelException(
                VaeError.ModelInvalid,
                $"The float weights are not those of a standard network: they have no tensor \"gain.log\" of levels x latent channels (1 to {ModelLimits.MaxLatentChannels}).");
    }
}
