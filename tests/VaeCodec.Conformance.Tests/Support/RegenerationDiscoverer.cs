using Xunit.Abstractions;
using Xunit.Sdk;

namespace VaeCodec.Conformance.Tests.Support;

/// <summary>Finds a method marked with <see cref="RegenerationFactAttribute"/> only when <see cref="Regeneration.Variable"/> asks for it.</summary>
/// <param name="messages">Hears of the discovery.</param>
public sealed class RegenerationDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
        => Regeneration.Wanted == (string)factAttribute.GetConstructorArguments().Single()
            ? [new XunitTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)]
            : [];
}
