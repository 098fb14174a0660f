namespace VaeCodec.Models.Cpu.Kernels.Winograd;

/// <summary>Where an output tile goes, as pointers into buffers that outlive the call.</summary>
internal unsafe struct WinogradTile
{
    /// <summary>The tile's four rows, each from its first pixel and the block's first channel.</summary>
    public float** Rows;

    /// <summary>Elements from one output pixel to the next.</summary>
    public nint PixelStride;

    /// <summary>What is added after the activation, as <see cref="Rows"/>, or null.</summary>
    public float** ResidualRows;

    /// <summary>Elements from one residual pixel to the next.</summary>
    public nint ResidualStride;

    /// <summary>Slope below zero of the activation; 1 is none.</summary>
    public float Slope;
}
