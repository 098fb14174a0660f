using System.Buffers.Binary;
using System.Text;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Safetensors;

public class SafetensorsRoundTripTests
{
    [Fact]
    public void RandomFiles_ComeBackAsTheyWere()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            SafetensorsFile file = RandomFile(random);
            byte[] bytes = file.ToArray();
            SafetensorsFile again = SafetensorsFile.Parse(bytes);
            Assert.Equal(file.Metadata, again.Metadata);
            Assert.Equal(file.Tensors.Keys.Order(), again.Tensors.Keys.Order());
            foreach ((string name, Tensor tensor) in file.Tensors)
            {
                Assert.Equal(tensor.Type, again.Tensors[name].Type);
                Assert.Equal(tensor.Shape, again.Tensors[name].Shape);
                Assert.Equal(tensor.Data.ToArray(), again.Tensors[name].Data.ToArray());
            }

            Assert.Equal(bytes, again.ToArray());
        }
    }

    [Fact]
    public void TheOrderOfInsertion_DoesNotChangeTheBytes()
    {
        SafetensorsFile file = RandomFile(new Random(99)), other = new();
        foreach ((string name, Tensor tensor) in file.Tensors.Reverse())
        {
            other.Tensors[name] = tensor;
        }

        foreach ((string key, string text) in file.Metadata.Reverse())
        {
            other.Metadata[key] = text;
        }

        Assert.Equal(file.ToArray(), other.ToArray());
    }

    [Fact]
    public void TheData_StartAtAMultipleOf8()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] bytes = RandomFile(new Random(seed)).ToArray();
            Assert.Equal(0, (int)(BinaryPrimitives.ReadUInt64LittleEndian(bytes) % 8));
        }
    }

    [Fact]
    public void TheLayout_IsThatOfTheFormat()
    {
        SafetensorsFile file = new();
        file.Metadata["k"] = "v";
        file.Tensors["b"] = Tensor.FromIntegers(TensorType.U8, [3], [1, 2, 255]);
        file.Tensors["a"] = Tensor.FromFloats([1, 2], [1f, -2f]);
        byte[] bytes = file.ToArray();
        const string header = "{\"__metadata__\":{\"k\":\"v\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[8,11]}}";
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(header, Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 1, 2, 255], bytes[(8 + length)..]);
    }

    [Fact]
    public void AFileOnDisk_IsReadLikeOneInMemory()
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] bytes = RandomFile(new Random(5)).ToArray();
            File.WriteAllBytes(path, bytes);
            Assert.Equal(bytes, SafetensorsFile.Load(path).ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void EmptyTensorsAndEmptyFiles_AreSound()
    {
        Assert.Empty(SafetensorsFile.Parse(RawSafetensors.File("{}", 0)).Tensors);
        SafetensorsFile file = new();
        file.Tensors["empty"] = Tensor.FromFloats([0, 5], []);
        file.Tensors["scalar"] = Tensor.FromFloats([], [3f]);
        file.Tensors["zero"] = Tensor.FromFloats([4, 0], []);
        SafetensorsFile again = SafetensorsFile.Parse(file.ToArray());
        Assert.Equal([3f], again.Tensors["scalar"].ToFloats());
        Assert.Equal(0, again.Tensors["empty"].Count);
    }

    [Fact]
    public void Numbers_SurviveEveryType()
    {
        Assert.Equal([-128, 127, 0], Tensor.FromIntegers(TensorType.I8, [3], [-128, 127, 0]).ToIntegers());
        Assert.Equal([0, 255], Tensor.FromIntegers(TensorType.U8, [2], [0, 255]).ToIntegers());
        Assert.Equal([-32768, 32767], Tensor.FromIntegers(TensorType.I16, [2], [-32768, 32767]).ToIntegers());
        Assert.Equal([0, 65535], Tensor.FromIntegers(TensorType.U16, [2], [0, 65535]).ToIntegers());
        Assert.Equal([int.MinValue, int.MaxValue], Tensor.FromIntegers(TensorType.I32, [2], [int.MinValue, int.MaxValue]).ToIntegers());
        Assert.Throws<OverflowException>(() => Tensor.FromIntegers(TensorType.I8, [1], [128]));
        Assert.Throws<OverflowException>(() => Tensor.FromIntegers(TensorType.U16, [1], [-1]));
        Assert.Throws<ArgumentException>(() => Tensor.FromIntegers(TensorType.F32, [1], [1]));
        Assert.Throws<ModelFileException>(() => Tensor.FromFloats([1], [1]).ToIntegers());
        Assert.Throws<ModelFileException>(() => Tensor.FromIntegers(TensorType.I8, [1], [1]).ToFloats());
    }

    [Fact]
    public void SixteenBitFloats_AreReadByTheirDefinition()
    {
        // 1 + 2^-11 lies half way between two halves: to even.
        Assert.Equal([1f, 1f + (2f / 1024), -0.5f, float.PositiveInfinity], Tensor.FromFloatsAsHalf([4], [1f + (1 / 2048f), 1f + (3 / 2048f), -0.5f, 65520f]).ToFloats());
        Assert.Equal([1f, -2f, 3.140625f], new Tensor(TensorType.BF16, [3], new byte[] { 0x80, 0x3F, 0x00, 0xC0, 0x49, 0x40 }).ToFloats());
        float[] any = [float.NaN, -0f, 1.40129846e-45f, float.MaxValue];
        FloatAssert.SameBits(any, Tensor.FromFloats([4], any).ToFloats(), "F32");
    }

    private static SafetensorsFile RandomFile(Random random)
    {
        SafetensorsFile file = new();
        for (int i = random.Next(4); i > 0; i--)
        {
            file.Metadata[$"key {random.Next(1000)} \"ü\n"] = $"text \\ \u20AC {random.Next()}";
        }

        for (int i = random.Next(12); i > 0; i--)
        {
            TensorType type = (TensorType)random.Next(8);
            int[] shape = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(5))];
            byte[] data = new byte[shape.Aggregate(1, (product, size) => product * size) * Tensor.ElementBytes(type)];
            random.NextBytes(data);
            file.Tensors[$"tensor.{random.Next(100)}.\u00E9"] = new Tensor(type, shape, data);
        }

        return file;
    }
}
