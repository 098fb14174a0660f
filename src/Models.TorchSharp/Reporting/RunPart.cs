using System.Globalization;
using System.Text.Json;

namespace VaeCodec.Models.TorchSharp.Reporting;

/// <summary>What lies between a start or resumption of a run and its end.</summary>
/// <param name="FirstStep">Steps done before it.</param>
/// <param name="Facts">The event that started it; undefined in logs from before there was one.</param>
internal sealed record RunPart(int FirstStep, JsonElement Facts)
{
    /// <summary>Steps done at its end, as far as the log knows.</summary>
    public int LastStep { get; set; } = FirstStep;

    /// <summary>Time spent training.</summary>
    public double Seconds { get; set; }

    /// <summary>Whether the log says how this part was trained.</summary>
    public bool IsDescribed => Facts.ValueKind == JsonValueKind.Object;

    /// <summary>A text of the starting event.</summary>
    public string? Text(string name) => Property(Facts, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A number of the starting event.</summary>
    public double? Number(string name) => Property(Facts, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>What stands in the starting event.</summary>
    public string? RawText(string name) => Property(Facts, name)?.GetRawText();

    /// <summary>A text among the options.</summary>
    public string? OptionText(string name) => Option(name) switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetDouble().ToString("0.######", CultureInfo.InvariantCulture),
        { ValueKind: JsonValueKind.True } => "yes",
        { ValueKind: JsonValueKind.False } => "no",
        _ => null,
    };

    /// <summary>A number among the options.</summary>
    public double? OptionNumber(string name) => Option(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>A switch among the options.</summary>
    public bool? OptionFlag(string name) => Option(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    /// <summary>An option as it stands in the log.</summary>
    public string? OptionRawText(string name) => Option(name)?.GetRawText();

    private JsonElement? Option(string name) => Property(Facts, "options") is { } options ? Property(options, name) : null;

    private static JsonElement? Property(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;
}
