namespace VaeCodec.Bundling;

/// <summary>What the integer scale network and the integer tables cost on the calibration samples.</summary>
/// <param name="Samples">Tiles measured, over all sampled qualities.</param>
/// <param name="FloatBits">Bits of y under the float network's own Gaussians.</param>
/// <param name="IntegerBits">Bits of y under the integer network and the stored tables.</param>
public sealed record RateReport(int Samples, double FloatBits, double IntegerBits)
{
    /// <summary>The share of rate lost, 0.01 being one per cent.</summary>
    public double Loss => (IntegerBits / FloatBits) - 1;
}
