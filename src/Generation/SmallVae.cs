using VaeCodec.Models;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Generation;

/// <summary>The small VAE with a Gaussian posterior that comes with the library.</summary>
public static class SmallVae
{
    /// <summary>Its name.</summary>
    public const string Name = "small";

    /// <summary>Loads the model; the caller owns it.</summary>
    /// <exception cref="VaeModelException">This build has none in it.</exception>
    /// <exception cref="VaeException">The environment asks for vectors that this processor does not have.</exception>
    public static GaussianVae Load()
    {
        using Stream stream = typeof(SmallVae).Assembly.GetManifestResourceStream("small.vaemodel")
            ?? throw new VaeModelException(VaeError.ModelMissing, "This build of VaeCodec has no small model in it; name a model file instead.");
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return Read(SafetensorsFile.Parse(file));
    }

    /// <summary>Loads a model of the same kind from a file; the caller owns it.</summary>
    /// <param name="path">Its path. The file is not trusted.</param>
    /// <exception cref="VaeModelException">Not acceptable, or larger than a model may be.</exception>
    /// <exception cref="VaeException">The environment asks for vectors that this processor does not have.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or reading it is not allowed.</exception>
    public static GaussianVae Load(string path)
    {
        try
        {
            return Read(SafetensorsFile.Load(path));
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"{path} is no model file: {exception.Message}", exception);
        }
    }

    /// <summary>Makes a model of a file that holds one of the same kind; the caller owns it.</summary>
    /// <param name="file">The file; not trusted.</param>
    /// <exception cref="VaeModelException">Not acceptable.</exception>
    /// <exception cref="VaeException">The environment asks for vectors that this processor does not have.</exception>
    public static GaussianVae Read(SafetensorsFile file)
    {
        try
        {
            return GaussianVae.Read(file);
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"The model cannot be used: {exception.Message}", exception);
        }
        catch (PlatformNotSupportedException exception)
        {
            throw new VaeException(VaeError.Failure, exception.Message, exception);
        }
    }
}
