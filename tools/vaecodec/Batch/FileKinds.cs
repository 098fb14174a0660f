namespace VaeCodec.Tool;

/// <summary>What a command makes of what.</summary>
/// <param name="Done">What was done to a file, for reports: "encoded".</param>
/// <param name="IsInput">Whether a file's name is that of an input.</param>
/// <param name="OutputExtension">Extension of the output, with its dot.</param>
/// <param name="What">What the inputs are: "pictures".</param>
/// <param name="IsOutput">Whether a file's name is that of an output.</param>
/// <param name="Decodes">Whether pictures are made, in whose place their originals may stand.</param>
internal sealed record FileKinds(string Done, Func<string, bool> IsInput, string OutputExtension, string What, Func<string, bool> IsOutput, bool Decodes);
