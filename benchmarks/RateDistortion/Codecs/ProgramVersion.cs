using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>What programs say of their version.</summary>
internal static class ProgramVersion
{
    /// <summary>The first line that a program prints when asked, with its name.</summary>
    public static string FirstLine(ExternalProgram program, string argument)
    {
        string name = Path.GetFileName(program.Path);
        string line = program.Ask(argument)?.Split('\n')[0].Trim() ?? string.Empty;
        return line.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? line : $"{name} {line}".TrimEnd();
    }
}
