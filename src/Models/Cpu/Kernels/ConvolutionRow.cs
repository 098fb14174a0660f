namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>One row of output pixels of a convolution, as pointers into buffers that outlive the call.</summary>
internal unsafe struct ConvolutionRow
{
    /// <summary>Pixels that the kernel takes at a time; fewer at the end of a row cost as much.</summary>
    public const int BlockPixels = 6;

    /// <summary>For each run of the reduction, where it starts for output pixel 0. A run is contiguous: kernel columns by input channels.</summary>
    public float** Runs;

    /// <summary>Number of runs (kernel rows, or taps of a sparse kernel).</summary>
    public int RunCount;

    /// <summary>Elements in a run.</summary>
    public nint RunLength;

    /// <summary>Elements from a run of one output pixel to that of the next.</summary>
    public nint PixelStride;

    /// <summary>Output pixels.</summary>
    public int Pixels;

    /// <summary>Output pixel 0.</summary>
    public float* Output;

    /// <summary>Elements from one output pixel to the next.</summary>
    public nint OutputStride;

    /// <summary>What is added after the activation, or null; never the output itself.</summary>
    public float* Residual;

    /// <summary>Elements from one residual pixel to the next.</summary>
    public nint ResidualStride;

    /// <summary>Slope below zero of the activation; 1 is none.</summary>
    public float Slope;
}
