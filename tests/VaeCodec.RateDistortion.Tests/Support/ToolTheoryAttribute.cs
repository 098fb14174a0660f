using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Tests.Support;

/// <summary>Tests that need several codecs' programs, and are skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for them.</summary>
    /// <param name="programs">Each program, and after it the Debian package that holds it.</param>
    public ToolTheoryAttribute(params string[] programs)
    {
        if (programs.Chunk(2).FirstOrDefault(pair => ExternalProgram.Find(pair[0]) is null) is [var program, var package])
        {
            Skip = $"{program} is not installed (apt-get install {package}).";
        }
    }
}
