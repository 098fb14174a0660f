using System.CommandLine;

namespace VaeCodec.Tool;

/// <summary>What every command that decodes .vae files can be told: threads, models at hand, limits.</summary>
internal sealed class DecodingArguments
{
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<string?> _model = SharedOptions.Model("A model at hand beside the built-in ones: a .vaemodel file. The .vae file says which it needs.");
    private readonly Option<long?> _maxPixels = SharedOptions.MaxPixels();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(ToolCommand command)
    {
        command.Add(_threads);
        command.AddAdvanced(_model);
        command.AddAdvanced(_maxPixels);
        command.AddAdvanced(_maxMemory);
    }

    /// <summary>The decoder's options that the user asks for.</summary>
    /// <exception cref="VaeModelException">The model is missing or not acceptable.</exception>
    public VaeDecoderOptions Read(ParseResult arguments) => new()
    {
        Models = ModelChoice.Find(arguments.GetValue(_model)) is { } model ? [model] : [],
        Threads = arguments.GetValue(_threads),
        Limits = SharedOptions.Limits(arguments, _maxPixels, _maxMemory),
    };
}
