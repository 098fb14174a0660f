namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.4: tensors by name, with the type, shape and values that they must have.</summary>
/// <param name="tensors">All tensors of the file.</param>
internal sealed class ModelTensors(IReadOnlyDictionary<string, StoredTensor> tensors)
{
    /// <summary>Weights and biases: F16, BF16 or F32, all finite.</summary>
    public float[] Weights(string name, params int[] shape)
    {
        StoredTensor tensor = Find(name, shape);
        Require(tensor.IsFloat, $"{name} is of type {tensor.Type}");
        float[] values = tensor.ToFloats();
        Require(values.All(float.IsFinite), $"{name} holds a value that is not finite");
        return values;
    }

    /// <summary>A table of F32 within bounds.</summary>
    public float[] Table(string name, float least, float most, params int[] shape)
    {
        StoredTensor tensor = Find(name, shape);
        Require(tensor.Type == ElementType.F32, $"{name} is of type {tensor.Type}");
        float[] values = tensor.ToFloats();
        Require(values.All(value => value >= least && value <= most), $"{name} holds a value out of bounds");
        return values;
    }

    /// <summary>Integers within bounds, of one type or, where that is null, of any.</summary>
    public int[] Integers(string name, ElementType? type, int least, int most, params int[] shape)
    {
        StoredTensor tensor = Find(name, shape);
        Require(!tensor.IsFloat && (type is null || tensor.Type == type), $"{name} is of type {tensor.Type}");
        int[] values = tensor.ToIntegers();
        Require(values.All(value => value >= least && value <= most), $"{name} holds a value out of bounds");
        return values;
    }

    private StoredTensor Find(string name, int[] shape)
    {
        Require(tensors.ContainsKey(name), $"{name} is missing");
        Require(tensors[name].Shape.SequenceEqual(shape), $"{name} has the shape {string.Join(" x ", tensors[name].Shape)}");
        return tensors[name];
    }

    private static void Require(bool holds, string broken) => DecodingException.Require(holds, FailureKind.ModelInvalid, $"The model: {broken}.");
}
