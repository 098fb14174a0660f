using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;

namespace VaeCodec.ImageSharp;

/// <summary>Makes a configuration of ImageSharp read and write .vae files: <c>Configuration.Default.Configure(new VaeConfigurationModule())</c>.</summary>
public sealed class VaeConfigurationModule : IImageFormatConfigurationModule
{
    /// <inheritdoc/>
    public void Configure(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.ImageFormatsManager.SetDecoder(VaeFormat.Instance, VaeDecoder.Instance);
        configuration.ImageFormatsManager.SetEncoder(VaeFormat.Instance, new VaeEncoder());
        configuration.ImageFormatsManager.AddImageFormatDetector(new VaeImageFormatDetector());
    }
}
