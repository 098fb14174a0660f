namespace VaeCodec.Models.Description;

/// <summary>How the 3x3 convolutions of a model are computed. Part of the model: the two ways round differently (guarantee G2).</summary>
public enum ConvolutionMethod
{
    /// <summary>Every convolution as a sum over its kernel.</summary>
    Direct,

    /// <summary>
    /// Winograd's minimal filtering F(4 x 4, 3 x 3), with a quarter of the multiplications, for every 3x3 convolution of stride 1 in a float
    /// network whose grid is a sixteenth of the picture or finer, so that its sides are multiples of 4. All others as <see cref="Direct"/>.
    /// </summary>
    Winograd,
}
