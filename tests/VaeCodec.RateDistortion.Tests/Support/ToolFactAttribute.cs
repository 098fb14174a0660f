using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Tests.Support;

/// <summary>A test that needs a codec's program, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="package">The Debian package that holds it.</param>
    public ToolFactAttribute(string program, string package)
    {
        if (ExternalProgram.Find(program) is null)
        {
            Skip = $"{program} is not installed (apt-get install {package}).";
        }
    }
}
