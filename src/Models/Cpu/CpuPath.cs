namespace VaeCodec.Models.Cpu;

/// <summary>The vector width that the kernels run with. The results are the same bits for every one of them (guarantee G2).</summary>
public enum CpuPath
{
    /// <summary>One value at a time.</summary>
    Scalar = 1,

    /// <summary>Vectors of 128 bits.</summary>
    Vector128 = 128,

    /// <summary>Vectors of 256 bits.</summary>
    Vector256 = 256,

    /// <summary>Vectors of 512 bits.</summary>
    Vector512 = 512,
}
