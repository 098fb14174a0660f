using System.Globalization;

namespace VaeCodec.Tool;

/// <summary>Decibels for people.</summary>
internal static class Decibels
{
    /// <summary>Two decimals, or "inf".</summary>
    public static string Format(double decibels)
        => double.IsInfinity(decibels) ? "inf" : decibels.ToString("0.00", CultureInfo.InvariantCulture);
}
