namespace VaeCodec.Models.Standard;

/// <summary>The standard model's file, embedded in this assembly.</summary>
public static class StandardModel
{
    /// <summary>The bytes of the model file, or null where the assembly was built without it.</summary>
    public static byte[]? Read()
    {
        using Stream? stream = typeof(StandardModel).Assembly.GetManifestResourceStream("standard.vaemodel");
        if (stream is null)
        {
            return null;
        }

        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }
}
