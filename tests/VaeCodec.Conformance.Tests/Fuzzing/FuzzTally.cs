using Xunit.Abstractions;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>Counts what mutated inputs came to.</summary>
internal sealed class FuzzTally
{
    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Cases, int Deep)> _mutators = new(StringComparer.Ordinal);

    /// <summary>Cases counted.</summary>
    public int Cases { get; private set; }

    /// <summary>Cases that got behind the layers the mutator aimed past: the entropy decoder, or a model that loaded.</summary>
    public int Deep { get; private set; }

    /// <summary>The longest case.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The most bytes a case allocated on the managed heap.</summary>
    public long MostBytes { get; private set; }

    /// <summary>How often an outcome came.</summary>
    public int this[string outcome] => _outcomes.GetValueOrDefault(outcome);

    /// <summary>Counts a case.</summary>
    public void Add(string mutator, string outcome, bool isDeep, TimeSpan time, long bytes)
    {
        Cases++;
        Deep += isDeep ? 1 : 0;
        Longest = time > Longest ? time : Longest;
        MostBytes = Math.Max(MostBytes, bytes);
        _outcomes[outcome] = this[outcome] + 1;
        (int cases, int deep) = _mutators.GetValueOrDefault(mutator);
        _mutators[mutator] = (cases + 1, deep + (isDeep ? 1 : 0));
    }

    /// <summary>Writes which share of the cases got past each layer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="layers">The layers from the outermost, with the outcomes of cases that ended there.</param>
    public void ReportLayers(ITestOutputHelper output, IReadOnlyList<(string Layer, string[] Outcomes)> layers)
    {
        int left = Cases;
        foreach ((string layer, string[] outcomes) in layers)
        {
            left -= outcomes.Sum(outcome => this[outcome]);
            output.WriteLine($"got past {layer}: {left} ({100.0 * left / Cases:F1} %)");
        }
    }

    /// <summary>Writes the counts.</summary>
    public void Report(ITestOutputHelper output, string deep)
    {
        output.WriteLine($"{Cases} cases, {Deep} {deep}; longest {Longest.TotalMilliseconds:F0} ms; most managed bytes in a case {MostBytes}");
        output.WriteLine("outcomes: " + string.Join(", ", _outcomes.Select(pair => $"{pair.Key} {pair.Value}")));
        output.WriteLine($"{deep}, of cases: " + string.Join(", ", _mutators.Select(pair => $"{pair.Key} {pair.Value.Deep}/{pair.Value.Cases}")));
    }
}
