using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace VaeCodec.Tool;

/// <summary>Options whose errors say what is wrong in the user's words, not in type names.</summary>
internal static class OptionParsers
{
    private delegate bool TryParse(string text, out long value);

    /// <summary>A switch without a value. It never swallows the word after it.</summary>
    public static Option<bool> Flag(string name, string description, params string[] aliases)
        => new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>A whole number in a range; where there is no default value, 0 stands for an option that was not given.</summary>
    public static Option<int> Integer(string name, string description, int minimum, int maximum, int? defaultValue, params string[] aliases)
        => new(name, aliases)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = defaultValue is { } value ? _ => value : null,
            CustomParser = result => ReadInteger(result, name, minimum, maximum),
        };

    /// <summary>A number greater than zero.</summary>
    public static Option<double?> Positive(string name, string description, string helpName)
        => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value))
                {
                    return value;
                }

                result.AddError($"'{text}' is not a number greater than 0 ({name})");
                return null;
            },
        };

    /// <summary>A part of a picture, X,Y,WIDTH,HEIGHT; null where the text is none.</summary>
    public static PictureRegion? Region(string text)
    {
        string[] numbers = text.Split(',');
        int[] values = new int[4];
        for (int i = 0; i < values.Length; i++)
        {
            bool fits = numbers.Length == values.Length && int.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]) && (i < 2 || values[i] > 0);
            if (!fits)
            {
                return null;
            }
        }

        return new PictureRegion(values[0], values[1], values[2], values[3]);
    }

    /// <summary>A size in bytes with a suffix.</summary>
    public static Option<long?> Size(string name, string description)
        => Scaled(name, description, "SIZE", ByteSize.TryParse, "a size in bytes of at least 1, such as 500M or 2GiB");

    /// <summary>A count with a suffix.</summary>
    public static Option<long?> Count(string name, string description)
        => Scaled(name, description, "N", ByteSize.TryParseCount, "a count of at least 1, such as 40000000 or 40M");

    /// <summary>Several whole numbers, each with the option's name before it.</summary>
    public static Option<int[]> Integers(string name, string description, int minimum, int maximum, int[] defaultValues, params string[] aliases)
        => new(name, aliases)
        {
            Description = description,
            HelpName = "N",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => defaultValues,
            CustomParser = result => [.. result.Tokens.Select(token => ReadInteger(result, token.Value, name, minimum, maximum))],
        };

    private static Option<long?> Scaled(string name, string description, string helpName, TryParse tryParse, string expectation)
        => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (tryParse(text, out long value))
                {
                    return value;
                }

                result.AddError($"'{text}' is not {expectation} ({name})");
                return null;
            },
        };

    private static int ReadInteger(ArgumentResult result, string name, int minimum, int maximum)
        => ReadInteger(result, result.Tokens[0].Value, name, minimum, maximum);

    private static int ReadInteger(ArgumentResult result, string text, string name, int minimum, int maximum)
    {
        if (int.TryParse(text, out int value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError($"'{text}' is not a whole number from {minimum} to {maximum} ({name})");
        return minimum;
    }
}
