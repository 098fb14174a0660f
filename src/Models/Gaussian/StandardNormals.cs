namespace VaeCodec.Models.Gaussian;

/// <summary>Numbers of a standard Gaussian, the same for the same seed (on other systems but for a last digit: logarithm and sine are theirs): the method of Box and Muller (Annals of Mathematical Statistics 29, 1958).</summary>
/// <param name="seed">The seed.</param>
public sealed class StandardNormals(int seed)
{
    private readonly Random _random = new(seed);
    private double? _second;

    /// <summary>The next number.</summary>
    public double Next()
    {
        if (_second is { } kept)
        {
            _second = null;
            return kept;
        }

        // 1 - x: the logarithm must not see zero.
        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())), angle = 2 * Math.PI * _random.NextDouble();
        _second = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }
}
