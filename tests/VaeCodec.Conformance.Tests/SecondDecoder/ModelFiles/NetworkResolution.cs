namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: the resolution of grids, as the number of pixels, along a side, that a place of the grid stands for.</summary>
internal static class NetworkResolution
{
    /// <summary>Pixels of a place of a network's input.</summary>
    public static int OfInput(string network) => network switch
    {
        NetworkNames.AnalysisLinear or NetworkNames.AnalysisBranch => 1,
        NetworkNames.HyperScale or NetworkNames.HyperMean => 64,
        _ => 16,
    };

    /// <summary>Pixels of a place of a network's output.</summary>
    public static int OfOutput(string network) => network switch
    {
        NetworkNames.SynthesisLinear or NetworkNames.SynthesisBranch => 1,
        NetworkNames.HyperAnalysis => 64,
        _ => 16,
    };

    /// <summary>How many times coarser a layer's output is than its input.</summary>
    public static int Down(LayerDescription layer) => layer.Kind switch
    {
        LayerKind.Convolution => layer.Stride,
        LayerKind.PixelUnshuffle => layer.Factor,
        _ => 1,
    };

    /// <summary>How many times finer a layer's output is than its input.</summary>
    public static int Up(LayerDescription layer) => layer.Kind switch
    {
        LayerKind.TransposedConvolution => layer.Kernel,
        LayerKind.PixelShuffle => layer.Factor,
        _ => 1,
    };
}
