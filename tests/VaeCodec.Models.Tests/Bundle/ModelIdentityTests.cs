using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Bundle;

public class ModelIdentityTests
{
    private static readonly string s_text = ModelDescriptionJson.Write(TinyModel.Description);

    [Fact]
    public void EveryByteOfEveryTensor_CountsInTheIdentity()
    {
        byte[] identity = Compute(TinyModel.Create());
        Random random = new(1);
        foreach (string name in TinyModel.Create().Tensors.Keys)
        {
            SafetensorsFile file = TinyModel.Create();
            byte[] data = file.Tensors[name].Data.ToArray();
            foreach (int position in (int[])[0, data.Length - 1, random.Next(data.Length)])
            {
                data[position] ^= 1;
                file.Tensors[name] = file.Tensors[name] with { Data = data };
                Assert.NotEqual(identity, Compute(file));
                data[position] ^= 1;
            }

            Assert.Equal(identity, Compute(file));
        }
    }

    [Fact]
    public void ShapeTypeNameAndNumberOfTensors_CountInTheIdentity()
    {
        SafetensorsFile file = new();
        file.Tensors["a"] = Tensor.FromIntegers(TensorType.U8, [2, 3], [1, 2, 3, 4, 5, 6]);
        byte[] identity = Compute(file);
        foreach (Tensor other in (Tensor[])[Tensor.FromIntegers(TensorType.U8, [3, 2], [1, 2, 3, 4, 5, 6]), Tensor.FromIntegers(TensorType.U8, [6], [1, 2, 3, 4, 5, 6]), Tensor.FromIntegers(TensorType.I8, [2, 3], [1, 2, 3, 4, 5, 6])])
        {
            SafetensorsFile changed = new();
            changed.Tensors["a"] = other;
            Assert.NotEqual(identity, Compute(changed));
        }

        SafetensorsFile renamed = new();
        renamed.Tensors["b"] = file.Tensors["a"];
        Assert.NotEqual(identity, Compute(renamed));
        file.Tensors["b"] = Tensor.FromIntegers(TensorType.U8, [0], []);
        Assert.NotEqual(identity, Compute(file));
    }

    [Fact]
    public void NameAndModelCard_DoNotCount_TheDescriptionDoes()
    {
        SafetensorsFile file = TinyModel.Create();
        byte[] identity = ModelReader.Read(file).Identity.ToArray();
        Assert.Equal(32, identity.Length);
        file.Metadata["name"] = "another name";
        file.Metadata["training"] = "corrected";
        file.Metadata["curve"] = "new";
        file.Metadata["description"] = file.Metadata["description"].Replace(",", ", ", StringComparison.Ordinal);
        Model corrected = ModelReader.Read(file.ToArray());
        Assert.Equal("another name", corrected.Name);
        Assert.Equal(identity, corrected.Identity.ToArray());

        file.Metadata["description"] = s_text.Replace("\"slope\":0.1", "\"slope\":0.2", StringComparison.Ordinal);
        Assert.NotEqual(identity, ModelReader.Read(file).Identity.ToArray());
    }

    [Fact]
    public void DifferentWeights_HaveDifferentIdentities()
        => Assert.Equal(20, Enumerable.Range(0, 20).Select(seed => Convert.ToHexString(TinyModel.Read(seed).Identity.Span)).Distinct().Count());

    private static byte[] Compute(SafetensorsFile file) => ModelIdentity.Compute(s_text, file.Tensors);
}
