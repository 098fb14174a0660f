namespace VaeCodec.Proofs.Soak;

/// <summary>How cases ended. Safe for use by several threads.</summary>
internal sealed class SoakTally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public int Total
    {
        get
        {
            lock (_counts)
            {
                return _counts.Values.Sum();
            }
        }
    }

    /// <summary>Counts one.</summary>
    public void Add(string outcome)
    {
        lock (_counts)
        {
            _counts[outcome] = _counts.GetValueOrDefault(outcome) + 1;
        }
    }

    /// <summary>Writes a line an outcome.</summary>
    public void Report(TextWriter output)
    {
        lock (_counts)
        {
            foreach ((string outcome, int count) in _counts)
            {
                output.WriteLine($"{count,8}  {outcome}");
            }

            output.WriteLine($"{_counts.Values.Sum(),8}  cases");
        }
    }
}
