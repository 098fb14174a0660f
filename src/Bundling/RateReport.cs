namespace VaeCodec.Bundling;

/// <summary>What the integer scale network and the integer tables cost on the calibration samples, and what fitting the tables to their symbols brings.</summary>
/// <param name="Samples">Tiles measured, over all sampled qualities.</param>
/// <param name="FloatBits">Bits of y under the float network's own Gaussians.</param>
/// <param name="IntegerBits">Bits of y under the integer network and integer tables of Gaussians.</param>
/// <param name="FittedBits">Bits of the same symbols under the tables that are stored, which were fitted to symbols of these samples.</param>
public sealed record RateReport(int Samples, double FloatBits, double IntegerBits, double FittedBits)
{
    /// <summary>The share of rate lost to integers, 0.01 being one per cent. Fitted tables have no part in it.</summary>
    public double Loss => (IntegerBits / FloatBits) - 1;

    /// <summary>The share of rate that fitted tables save, 0.01 being one per cent.</summary>
    public double Saved => 1 - (FittedBits / IntegerBits);
}
