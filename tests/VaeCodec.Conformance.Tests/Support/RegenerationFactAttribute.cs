using Xunit.Sdk;

namespace VaeCodec.Conformance.Tests.Support;

/// <summary>A "test" that writes files of spec/vectors. It exists only while the environment asks for it, so that it never counts as a test otherwise.</summary>
/// <param name="what">The value of the variable that asks for it.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("VaeCodec.Conformance.Tests.Support.RegenerationDiscoverer", "VaeCodec.Conformance.Tests")]
internal sealed class RegenerationFactAttribute(string what) : FactAttribute
{
    /// <summary>The value of the variable that asks for it.</summary>
    public string What { get; } = what;
}
