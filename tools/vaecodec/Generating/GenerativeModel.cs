using VaeCodec.Generation;
using VaeCodec.Models;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Tool;

/// <summary>A model to sample from or to interpolate with: a VAE with a Gaussian posterior, or a model of the codec. Exactly one of the two.</summary>
/// <param name="Small">The VAE; owned.</param>
/// <param name="Codec">The model of the codec.</param>
internal sealed record GenerativeModel(GaussianVae? Small, VaeModel? Codec) : IDisposable
{
    /// <summary>What the option that names a model says of itself.</summary>
    public const string Description = "The model: small, the VAE with a Gaussian posterior; standard, that of the codec; or a .vaemodel file of either kind [default: small]";

    /// <summary>Finds a model.</summary>
    /// <param name="nameOrFile">A built-in name or a path; null is the small model.</param>
    /// <exception cref="VaeModelException">Missing or not acceptable.</exception>
    public static GenerativeModel Find(string? nameOrFile) => nameOrFile switch
    {
        null or SmallVae.Name => new(SmallVae.Load(), null),
        ModelChoice.StandardName => new(null, VaeModel.Standard),
        _ => Load(nameOrFile),
    };

    /// <summary>Finds a VAE with a Gaussian posterior.</summary>
    /// <param name="nameOrFile">A built-in name or a path; null is the small model.</param>
    /// <exception cref="VaeModelException">Missing or not acceptable.</exception>
    /// <exception cref="UsageException">It is a model of the codec.</exception>
    public static GaussianVae FindSmall(string? nameOrFile)
        => Find(nameOrFile).Small ?? throw new UsageException($"'{nameOrFile}' is a model of the codec, which cannot do this; it takes a VAE with a Gaussian posterior, such as {SmallVae.Name}");

    /// <inheritdoc/>
    public void Dispose() => Small?.Dispose();

    /// <summary>Reads a file once, as it may be a pipe, and sees which kind it is of.</summary>
    private static GenerativeModel Load(string path)
    {
        if (!File.Exists(path))
        {
            return new(null, ModelChoice.Find(path));
        }

        try
        {
            SafetensorsFile file = SafetensorsFile.Load(path);
            return file.Metadata.GetValueOrDefault(GaussianVae.FormatKey) == GaussianVae.FormatName
                ? new(SmallVae.Read(file), null)
                : new(null, VaeModel.Load(file.ToArray()));
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"The model file {path} cannot be used: {exception.Message}", exception);
        }
        catch (VaeModelException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"{path}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VaeModelException(VaeError.ModelMissing, $"The model file {path} cannot be read: {exception.Message}", exception);
        }
    }
}
