namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: the kinds of layers.</summary>
internal enum LayerKind
{
    Convolution,
    TransposedConvolution,
    ResidualBlock,
    PixelShuffle,
    PixelUnshuffle,
    LeakyRelu,
}
