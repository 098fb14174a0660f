namespace VaeCodec.Speed.Measuring;

/// <summary>What one call of a benchmark gets done, so that a report can state a rate in place of a time.</summary>
/// <param name="amount">How much, in <paramref name="unit"/>.</param>
/// <param name="unit">What is counted: GMAC, MP, symbols and so on.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorkAttribute(double amount, string unit) : Attribute
{
    /// <summary>How much.</summary>
    public double Amount => amount;

    /// <summary>What is counted.</summary>
    public string Unit => unit;
}
