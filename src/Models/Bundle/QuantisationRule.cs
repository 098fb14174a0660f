namespace VaeCodec.Models.Bundle;

/// <summary>What encoder and trainer share about the choice of symbols.</summary>
public static class QuantisationRule
{
    /// <summary>
    /// Bits that a squared error of one quantiser unit is worth. At the high-rate optimum step, step^2 = 18 / (lambda 255^2 ln 2), it is
    /// 6 / ln 2 for a basis of unit length; the gains that training finds keep it between 6 and 9 for three quarters of the
    /// channels at every level.
    /// </summary>
    public const double SquaredErrorBits = 8.66;
}
