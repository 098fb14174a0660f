using System.CommandLine;
using System.CommandLine.Invocation;

namespace VaeCodec.Tool;

/// <summary>Prints "vaecodec 1.2.3".</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Version? version = typeof(VersionAction).Assembly.GetName().Version;
        parseResult.InvocationConfiguration.Output.WriteLine($"vaecodec {version?.ToString(3)}");
        return ExitCode.Ok;
    }
}
