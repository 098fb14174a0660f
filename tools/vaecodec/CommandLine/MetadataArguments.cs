using System.CommandLine;
using System.CommandLine.Parsing;

namespace VaeCodec.Tool;

/// <summary>Which metadata travel along: --strip and --keep.</summary>
internal sealed class MetadataArguments
{
    private const string StripName = "--strip";
    private const string KeepName = "--keep";
    private const string All = "all";

    private readonly Option<string?> _strip = Create(StripName, "Leave metadata out: icc, exif, xmp, separated by commas, or all. Without the profile colours may change, without EXIF the orientation is lost.");
    private readonly Option<string?> _keep = Create(KeepName, "Leave out all metadata but these.");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(ToolCommand command)
    {
        command.Add(_strip);
        command.Add(_keep);
    }

    /// <summary>The kinds that are left out.</summary>
    /// <exception cref="UsageException">Both options are given.</exception>
    public MetadataKinds Left(ParseResult arguments) => (arguments.GetValue(_strip), arguments.GetValue(_keep)) switch
    {
        (null, null) => MetadataKinds.None,
        ({ } strip, null) => Parse(strip)!.Value,
        (null, { } keep) => MetadataKinds.All & ~Parse(keep)!.Value,
        _ => throw new UsageException($"{StripName} and {KeepName} say the same thing in two ways; use one of them"),
    };

    private static Option<string?> Create(string name, string description)
    {
        Option<string?> option = new(name) { Description = description, HelpName = "KINDS" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ } token] && Parse(token.Value) is null)
            {
                result.AddError($"'{token.Value}' is no list of metadata; icc, exif and xmp, separated by commas, and all are ({name})");
            }
        });
        return option;
    }

    private static MetadataKinds? Parse(string text)
    {
        MetadataKinds kinds = MetadataKinds.None;
        foreach (string word in text.ToLowerInvariant().Split(','))
        {
            MetadataKinds? kind = word switch
            {
                "icc" => MetadataKinds.Icc,
                "exif" => MetadataKinds.Exif,
                "xmp" => MetadataKinds.Xmp,
                All => MetadataKinds.All,
                _ => null,
            };
            if (kind is null)
            {
                return null;
            }

            kinds |= kind.Value;
        }

        return kinds;
    }
}
