namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.1: the types of a tensor's elements, named as in the file.</summary>
internal enum ElementType
{
    I8,
    U8,
    I16,
    U16,
    I32,
    F16,
    BF16,
    F32,
}
