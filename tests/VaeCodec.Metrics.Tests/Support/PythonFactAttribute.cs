namespace VaeCodec.Metrics.Tests.Support;

/// <summary>A test that needs a module of the distribution's Python, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="package">The Debian package that holds it.</param>
    public PythonFactAttribute(string module, string package)
    {
        if (!PythonOracle.Has(module))
        {
            Skip = $"Python's {module} is not installed (apt-get install {package}).";
        }
    }
}
