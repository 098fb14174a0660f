using System.Text;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Safetensors;

public class SafetensorsDamageTests
{
    private const string A = "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}";

    [Theory]
    [InlineData("overlap", "{" + A + ",\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}}", 6)]
    [InlineData("same place", "{" + A + ",\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("gap", "{" + A + ",\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[5,9]}}", 9)]
    [InlineData("gap at the start", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[1,5]}}", 5)]
    [InlineData("bytes left over", "{" + A + "}", 5)]
    [InlineData("bytes missing", "{" + A + "}", 3)]
    [InlineData("no tensor but data", "{}", 1)]
    [InlineData("negative offset", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[-4,0]}}", 4)]
    [InlineData("end before begin", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,0]}}", 4)]
    [InlineData("offset beyond 64 bits", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,99999999999999999999]}}", 4)]
    [InlineData("offset that is a fraction", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4.5]}}", 4)]
    [InlineData("offset that is a text", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,\"4\"]}}", 4)]
    [InlineData("one offset", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4]}}", 4)]
    [InlineData("three offsets", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4,4]}}", 4)]
    [InlineData("shape too small", "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("wrong element size", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("negative dimension", "{\"a\":{\"dtype\":\"U8\",\"shape\":[-2,-2],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("shape that overflows", "{\"a\":{\"dtype\":\"U8\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("shape that overflows with its bytes", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("dimension beyond 32 bits", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4294967300],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("too many dimensions", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("shape that is no list", "{\"a\":{\"dtype\":\"U8\",\"shape\":4,\"data_offsets\":[0,4]}}", 4)]
    [InlineData("unknown type", "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8)]
    [InlineData("type by number", "{\"a\":{\"dtype\":\"1\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("type in lower case", "{\"a\":{\"dtype\":\"u8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("two types", "{\"a\":{\"dtype\":\"I8, U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("type that is no text", "{\"a\":{\"dtype\":1,\"shape\":[4],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("no type", "{\"a\":{\"shape\":[4],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("no shape", "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,4]}}", 4)]
    [InlineData("no offsets", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4]}}", 4)]
    [InlineData("tensor that is a number", "{\"a\":1}", 0)]
    [InlineData("duplicate tensor", "{" + A + "," + A + "}", 4)]
    [InlineData("metadata that are a list", "{\"__metadata__\":[]}", 0)]
    [InlineData("metadata with a number", "{\"__metadata__\":{\"a\":1}}", 0)]
    [InlineData("metadata with nothing", "{\"__metadata__\":{\"a\":null}}", 0)]
    [InlineData("header that is a list", "[]", 0)]
    [InlineData("header that is a text", "\"a\"", 0)]
    [InlineData("header that breaks off", "{\"a\":", 0)]
    [InlineData("two headers", "{}{}", 0)]
    [InlineData("too deep", "{\"a\":{\"dtype\":\"U8\",\"shape\":[[[[4]]]],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("half a surrogate pair", "{\"__metadata__\":{\"a\":\"\\ud800\"}}", 0)]
    [InlineData("half a surrogate pair in a name", "{\"\\ud800\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0)]
    public void MalformedHeaders_AreRefused(string what, string header, int dataBytes)
    {
        Exception? exception = Record.Exception(() => SafetensorsFile.Parse(RawSafetensors.File(header, dataBytes)));
        Assert.True(exception is ModelFileException, $"{what}: {exception}");
    }

    /// <summary>Messages quote what the file says, which must not reach a terminal as it is.</summary>
    [Fact]
    public void NothingInMessages_SteersATerminal()
    {
        string type = "\\u001b]52;c;\\u0007\\u202e" + new string('x', 5000);
        ModelFileException exception = Assert.Throws<ModelFileException>(
            () => SafetensorsFile.Parse(RawSafetensors.File($"{{\"a\":{{\"dtype\":\"{type}\",\"shape\":[4],\"data_offsets\":[0,4]}}}}", 4)));
        Assert.Contains("?]52;c;??xx", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 1, 1100);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(3UL)]
    [InlineData((4UL << 20) + 1)]
    [InlineData(0x7FFF_FFFFUL)]
    [InlineData(0xFFFF_FFFFUL)]
    [InlineData(0x8000_0000_0000_0000UL)]
    [InlineData(ulong.MaxValue)]
    public void HeaderLengths_AreCheckedAgainstTheFile(ulong declared)
        => Assert.Throws<ModelFileException>(() => SafetensorsFile.Parse(RawSafetensors.File("{}", 0, declared)));

    [Fact]
    public void FilesShorterThanTheLength_AreRefused()
    {
        for (int length = 0; length < 10; length++)
        {
            Assert.Throws<ModelFileException>(() => SafetensorsFile.Parse(new byte[length]));
        }
    }

    [Fact]
    public void TooManyTensors_AreRefused()
    {
        StringBuilder header = new("{");
        for (int i = 0; i <= 4096; i++)
        {
            header.Append(i == 0 ? string.Empty : ",").Append($"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}");
        }

        Assert.Throws<ModelFileException>(() => SafetensorsFile.Parse(RawSafetensors.File(header.Append('}').ToString(), 0)));
    }

    [Fact]
    public void AHeaderThatIsNotUtf8_IsRefused()
    {
        foreach (string header in (string[])["{\"__metadata__\":{\"\u00FF\":\"\u00FF\"}}", "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0],\"x\":\"\u00FF\"}}"])
        {
            Assert.Throws<ModelFileException>(() => SafetensorsFile.Parse(RawSafetensors.File(Encoding.Latin1.GetBytes(header), 0)));
        }
    }

    [Theory]
    [InlineData("""{"__metadata__":{"a":"b"},"__metadata__":{"c":"d"}}""")]
    [InlineData("""{"__metadata__":{"a":"b","a":"c"}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""")]
    public void WhatStandsTwice_IsRefused(string header)
        => Assert.Contains("twice", Assert.Throws<ModelFileException>(() => SafetensorsFile.Parse(RawSafetensors.File(Encoding.UTF8.GetBytes(header), 0))).Message, StringComparison.Ordinal);

    /// <summary>However large the product of the others is.</summary>
    [Theory]
    [InlineData("[2147483647,2147483647,2147483647,0]")]
    [InlineData("[0,2147483647,2147483647,2147483647]")]
    public void ATensorWithADimensionOfNothing_IsEmpty_WhereverThatStands(string shape)
        => Assert.True(SafetensorsFile.Parse(RawSafetensors.File(Encoding.UTF8.GetBytes($$$"""{"a":{"dtype":"U8","shape":{{{shape}}},"data_offsets":[0,0]}}"""), 0)).Tensors.ContainsKey("a"));

    [Fact]
    public void SeededMutations_GiveAFileOrAModelFileException()
    {
        byte[] sound = TinyModel.Create().ToArray();
        SafetensorsFile few = new();
        few.Metadata["a"] = "b";
        few.Tensors["x"] = Tensor.FromFloats([2, 3], new float[6]);
        few.Tensors["y"] = Tensor.FromIntegers(TensorType.I16, [3], [1, 2, 3]);
        byte[] small = few.ToArray();
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++)
        {
            Random random = new(seed);
            byte[] file = (byte[])(seed % 20 == 0 ? sound : small).Clone();
            for (int count = random.Next(1, 4); count > 0; count--)
            {
                int position = random.Next(Math.Min(file.Length, 400));
                file[position] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(file[position] ^ (1 << random.Next(8))), _ => (byte)"0123456789[]{},:\"-.e"[random.Next(20)] };
            }

            if (random.Next(4) == 0)
            {
                file = file[..random.Next(file.Length)];
            }

            try
            {
                SafetensorsFile parsed = SafetensorsFile.Parse(file);
                foreach (Tensor tensor in parsed.Tensors.Values)
                {
                    Assert.Equal(tensor.Shape.Aggregate(1, (product, size) => product * size), tensor.Count);
                }
            }
            catch (ModelFileException exception)
            {
                Assert.NotEmpty(exception.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 5000, 19_999);
    }
}
