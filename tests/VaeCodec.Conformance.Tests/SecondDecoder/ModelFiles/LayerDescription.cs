namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: a layer. Members that its kind does not have keep their default.</summary>
/// <param name="Kind">What it does.</param>
internal sealed record LayerDescription(LayerKind Kind)
{
    public int Inputs { get; init; }

    public int Outputs { get; init; }

    public int Kernel { get; init; }

    public int Stride { get; init; } = 1;

    public int Padding { get; init; }

    public bool Bias { get; init; }

    /// <summary>Channels of a residual_block.</summary>
    public int Channels { get; init; }

    /// <summary>Factor of a shuffle.</summary>
    public int Factor { get; init; } = 1;

    public float Slope { get; init; }
}
