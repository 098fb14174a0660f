namespace VaeCodec.Models.Bundle;

/// <summary>What names of models may be: they are printed, so nothing in them may steer a terminal.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    /// <summary>Checks a name.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="ModelFileException">It is empty, too long, or not printable ASCII.</exception>
    public static string Check(string name)
        => name.Length is 0 or > MaxLength || name.Any(c => char.IsControl(c) || c > '~')
            ? throw new ModelFileException($"The model's name must be 1 to {MaxLength} printable ASCII characters.")
            : name;
}
