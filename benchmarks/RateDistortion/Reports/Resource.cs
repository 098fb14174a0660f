namespace VaeCodec.RateDistortion.Reports;

/// <summary>Texts that are kept as files of their own in the sources.</summary>
internal static class Resource
{
    /// <summary>The text of a file.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} was not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
