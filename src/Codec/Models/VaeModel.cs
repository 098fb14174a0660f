namespace VaeCodec;

/// <summary>A trained model: what turns pixels into latents and back. Immutable and safe to share between threads.</summary>
public sealed class VaeModel
{
    private VaeModel() => throw new NotSupportedException();

    /// <summary>The model that comes with the codec. Loaded once, on first use.</summary>
    public static VaeModel Standard => throw new NotSupportedException();

    /// <summary>The readable name, for example "standard".</summary>
    public string Name => throw new NotSupportedException();

    /// <summary>SHA-256 over weights and tables: 64 lower-case hexadecimal digits. A file stores it and decodes with no other model.</summary>
    public string Identity => throw new NotSupportedException();

    /// <summary>Reads a model file. Everything in it is validated before it is used.</summary>
    /// <param name="path">Path of a .vaemodel file.</param>
    /// <exception cref="VaeModelException">Missing, damaged or not acceptable.</exception>
    public static VaeModel Load(string path) => throw new NotSupportedException();
}
