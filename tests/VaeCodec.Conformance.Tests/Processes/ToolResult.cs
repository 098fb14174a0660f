namespace VaeCodec.Conformance.Tests.Processes;

/// <summary>What a run of the tool gave.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);
