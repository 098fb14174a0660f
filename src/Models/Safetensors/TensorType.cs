namespace VaeCodec.Models.Safetensors;

/// <summary>Element types of the safetensors format that VaeCodec uses.</summary>
public enum TensorType
{
    /// <summary>Signed 8-bit integers.</summary>
    I8,

    /// <summary>Unsigned 8-bit integers.</summary>
    U8,

    /// <summary>Signed 16-bit integers.</summary>
    I16,

    /// <summary>Unsigned 16-bit integers.</summary>
    U16,

    /// <summary>Signed 32-bit integers.</summary>
    I32,

    /// <summary>16-bit floats (IEEE 754 binary16).</summary>
    F16,

    /// <summary>16-bit floats with the exponent of a 32-bit one.</summary>
    BF16,

    /// <summary>32-bit floats.</summary>
    F32,
}
