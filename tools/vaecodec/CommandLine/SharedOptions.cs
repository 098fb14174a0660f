using System.CommandLine;
using System.CommandLine.Parsing;

namespace VaeCodec.Tool;

/// <summary>Options that more than one command has. Each command makes its own.</summary>
internal static class SharedOptions
{
    /// <summary>The option that names a model.</summary>
    public const string ModelName = "--model";

    /// <summary>The option that keeps every sample.</summary>
    public const string LosslessName = "--lossless";

    /// <summary>The option that bounds the error of samples.</summary>
    public const string MaxErrorName = "--max-error";

    /// <summary>Makes an argument refuse words that look like options: a mistyped option must not become a file.</summary>
    public static Argument<T> Name<T>(Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens)
            {
                if (token.Value.Length > 1 && token.Value[0] == '-')
                {
                    result.AddError($"unknown option '{token.Value}' (a file of that name is ./{token.Value})");
                }
            }
        });
        return argument;
    }

    /// <summary>Refuses names that are empty, as those of a script's variable that is not set are.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="options">Options that take names and are required or have a default.</param>
    /// <exception cref="UsageException">One is.</exception>
    public static void RequireNames(ParseResult arguments, params ReadOnlySpan<Option<string>> options)
    {
        foreach (Option<string> option in options)
        {
            if (string.IsNullOrWhiteSpace(arguments.GetRequiredValue(option)))
            {
                throw new UsageException($"{option.Name} is an empty name");
            }
        }
    }

    public static Option<bool> Force() => OptionParsers.Flag("--force", "Overwrite an existing output.", "-f");

    public static Option<int> Threads()
        => OptionParsers.Integer("--threads", "Threads; 0 is one for each processor. The result does not depend on it.", 0, VaeLimits.MaxThreads, 0, "-j");

    public static Option<long?> MaxPixels()
        => OptionParsers.Count("--max-pixels", "Refuse pictures of more pixels (k, M, G allowed) [default: 2^28]");

    public static Option<long?> MaxMemory()
        => OptionParsers.Size("--max-memory", "Refuse work that needs more memory (k, M, G, KiB, MiB, GiB allowed) [default: 2GiB]");

    public static Option<string?> Model(string description)
        => new(ModelName) { Description = description, HelpName = "NAME|FILE" };

    /// <summary>The limits that the options state, defaults for the rest.</summary>
    public static VaeLimits Limits(ParseResult arguments, Option<long?>? maxPixels, Option<long?> maxMemory)
    {
        VaeLimits defaults = VaeLimits.Default;
        return defaults with
        {
            MaxPixels = (maxPixels is null ? null : arguments.GetValue(maxPixels)) ?? defaults.MaxPixels,
            MaxMemoryBytes = arguments.GetValue(maxMemory) ?? defaults.MaxMemoryBytes,
        };
    }
}
