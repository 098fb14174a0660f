namespace VaeCodec.Conformance.Tests.Support;

/// <summary>A "test" that writes files of spec/vectors; it runs only when the environment asks for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RegenerationFactAttribute : FactAttribute
{
    public RegenerationFactAttribute(string what)
    {
        if (Regeneration.Wanted != what)
        {
            Skip = $"Writes spec/vectors anew; runs only with {Regeneration.Variable}={what}. See spec/vectors/README.md before using it.";
        }
    }
}
