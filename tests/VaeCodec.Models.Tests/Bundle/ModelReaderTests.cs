using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Bundle;

public class ModelReaderTests
{
    [Fact]
    public void ASoundModel_ComesBackAsItWas()
    {
        byte[] file = TinyModel.Create().ToArray();
        Model model = ModelReader.Read(file);
        Assert.Equal("tiny", model.Name);
        Assert.Equal("none", model.Metadata["training"]);
        Assert.Equal(file, model.ToArray());
        Assert.Equal(3, model.ScaleNetwork.Count);
        Assert.Equal(20, model.Scales.Count);
        Assert.Equal(6, model.Gain(1).Length);
        Assert.Equal(0.5f + (599 / 200f), model.Gain(100)[5]);
        Assert.Equal((short)((6 % 11) - 5), model.ScaleOffset(2)[0]);
        Assert.Equal(5, model.HyperPriors(100).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Gain(0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.HyperPriors(101).Length);
    }

    [Fact]
    public void EveryTensor_IsNeeded_InItsShape()
    {
        foreach (string name in TinyModel.Create().Tensors.Keys)
        {
            SafetensorsFile missing = TinyModel.Create();
            missing.Tensors.Remove(name);
            ModelFileException exception = Assert.Throws<ModelFileException>(() => ModelReader.Read(missing));
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);

            SafetensorsFile reshaped = TinyModel.Create();
            Tensor tensor = reshaped.Tensors[name];
            reshaped.Tensors[name] = tensor with { Shape = [1, .. tensor.Shape] };
            Assert.Throws<ModelFileException>(() => ModelReader.Read(reshaped));
        }
    }

    [Fact]
    public void TypesAreChecked()
    {
        foreach (string name in TinyModel.Create().Tensors.Keys)
        {
            SafetensorsFile file = TinyModel.Create();
            Tensor tensor = file.Tensors[name];
            bool isFloat = tensor.Type == TensorType.F32;
            file.Tensors[name] = isFloat
                ? Tensor.FromIntegers(TensorType.I32, [.. tensor.Shape], new int[tensor.Count])
                : Tensor.FromFloats([.. tensor.Shape], new float[tensor.Count]);
            Exception? exception = Record.Exception(() => ModelReader.Read(file));
            Assert.True(exception is ModelFileException, $"{name}: {exception}");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void ValuesThatAreNotFinite_AreRefused(float value)
    {
        foreach ((string name, Tensor tensor) in TinyModel.Create().Tensors)
        {
            if (tensor.Type == TensorType.F32)
            {
                SafetensorsFile file = TinyModel.Create();
                float[] values = tensor.ToFloats();
                values[^1] = value;
                file.Tensors[name] = Tensor.FromFloats([.. tensor.Shape], values);
                Assert.Throws<ModelFileException>(() => ModelReader.Read(file));
            }
        }
    }

    [Theory]
    [InlineData("gain.forward", 0f)]
    [InlineData("gain.forward", -1f)]
    [InlineData("gain.inverse", -0f)]
    [InlineData("gain.inverse", 1.1e6f)]
    [InlineData("hyper_mean.gain", -1.1e6f)]
    public void GainsOutOfRange_AreRefused(string name, float value)
    {
        SafetensorsFile file = TinyModel.Create();
        float[] values = file.Tensors[name].ToFloats();
        values[17] = value;
        file.Tensors[name] = Tensor.FromFloats([100, 6], values);
        Assert.Throws<ModelFileException>(() => ModelReader.Read(file));
    }

    [Theory]
    [InlineData("scale_table.half_width", TensorType.U16, 0, 0)]
    [InlineData("scale_table.half_width", TensorType.U16, 0, 8192)]
    [InlineData("scale_table.half_width", TensorType.U16, 3, 5)]
    [InlineData("scale_table.half_width", TensorType.I32, 0, -1)]
    [InlineData("scale_table.frequencies", TensorType.U16, 0, 0)]
    [InlineData("scale_table.frequencies", TensorType.U16, 7, 1)]
    [InlineData("scale_table.frequencies", TensorType.I32, 0, int.MaxValue)]
    [InlineData("scale_table.frequencies", TensorType.I32, 0, int.MinValue)]
    [InlineData("z_prior.first", TensorType.I16, 9, -128)]
    [InlineData("z_prior.first", TensorType.I16, 9, 124)]
    [InlineData("z_prior.first", TensorType.I32, 9, int.MaxValue)]
    [InlineData("z_prior.count", TensorType.U8, 9, 0)]
    [InlineData("z_prior.count", TensorType.U8, 9, 255)]
    [InlineData("z_prior.count", TensorType.I32, 9, int.MaxValue)]
    [InlineData("z_prior.frequencies", TensorType.U16, 11, 0)]
    [InlineData("hyper_scale.0.shift", TensorType.U8, 1, 25)]
    [InlineData("hyper_scale.3.bias", TensorType.I32, 1, int.MaxValue)]
    [InlineData("hyper_scale.3.bias", TensorType.I32, 1, int.MinValue)]
    public void TablesThatDoNotFit_AreRefused(string name, TensorType type, int index, int value)
    {
        SafetensorsFile file = TinyModel.Create();
        Tensor tensor = file.Tensors[name];
        int[] values = tensor.ToIntegers();
        values[index] = value;
        file.Tensors[name] = Tensor.FromIntegers(type, [.. tensor.Shape], values);
        Assert.Throws<ModelFileException>(() => ModelReader.Read(file));
    }

    [Theory]
    [InlineData("format", null)]
    [InlineData("format", "vaecodec-model/9")]
    [InlineData("name", null)]
    [InlineData("name", "")]
    [InlineData("name", "a\nb")]
    [InlineData("name", "n\u00E4me")]
    [InlineData("name", "12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("description", null)]
    [InlineData("description", "{}")]
    public void Texts_AreChecked(string key, string? text)
    {
        SafetensorsFile file = TinyModel.Create();
        if (text is null)
        {
            file.Metadata.Remove(key);
        }
        else
        {
            file.Metadata[key] = text;
        }

        Assert.Throws<ModelFileException>(() => ModelReader.Read(file));
    }

    [Fact]
    public void AScaleNetworkThatLeaks_IsRefused()
    {
        SafetensorsFile file = TinyModel.Create();
        string text = file.Metadata["description"];
        file.Metadata["description"] = text.Replace("\"slope\":0}", "\"slope\":0.1}", StringComparison.Ordinal);
        Assert.NotEqual(text, file.Metadata["description"]);
        Assert.Throws<ModelFileException>(() => ModelReader.Read(file));
    }

    [Fact]
    public void SeededMutations_GiveAModelOrAModelFileException()
    {
        byte[] sound = TinyModel.Create().ToArray();
        int accepted = 0;
        for (int seed = 0; seed < 1500; seed++)
        {
            Random random = new(seed);
            byte[] file = (byte[])sound.Clone();
            for (int count = random.Next(1, 5); count > 0; count--)
            {
                file[random.Next(seed % 2 == 0 ? 6000 : file.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                ModelReader.Read(file);
                accepted++;
            }
            catch (ModelFileException)
            {
            }
        }

        Assert.InRange(accepted, 1, 1499);
    }

    [Fact]
    public void AModelOnDisk_IsReadLikeOneInMemory()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, TinyModel.Create().ToArray());
            Assert.Equal(TinyModel.Read().Identity.ToArray(), ModelReader.Load(path).Identity.ToArray());
            Assert.Equal(ModelDescriptionJson.Write(TinyModel.Description), ModelDescriptionJson.Write(ModelReader.Load(path).Description));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
