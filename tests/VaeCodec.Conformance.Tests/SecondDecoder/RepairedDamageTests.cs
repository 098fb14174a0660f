using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.Vectors;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// Files that are damaged below their checksums: a bit of a section is flipped, and its check and crc are made right
/// again. Whether such a file is valid, and what it then decodes to, has one answer, which both decoders must give. Which
/// of several faults they report is theirs to choose (section 2.11).
/// </summary>
public class RepairedDamageTests
{
    private const int PreambleLength = 12;
    private const int FrameLength = 8;
    private const int CrcLength = 4;
    private const string Refused = "refused";

    private static readonly Lazy<ModelFile> s_model = new(() => ModelFile.Load(FrozenModel.Bytes));

    /// <summary>Each bit of small files, and some of larger ones: the step is that from one flipped bit to the next.</summary>
    [Theory]
    [InlineData("pixel-1x1", 1)]
    [InlineData("lossless-1x1", 3)]
    [InlineData("lossless-row-300x1", 61)]
    [InlineData("metadata", 61)]
    [InlineData("row-300x1-grey", 13)]
    [InlineData("tiles-five-1290x16", 97)]
    public void BothDecodersSayTheSameOfAFile(string name, int step)
    {
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath(name));
        foreach ((int section, int length) in Sections(file))
        {
            for (int bit = section % step; bit < 8 * (FrameLength + length); bit += step)
            {
                bool inLengthOrCheck = bit / 8 is >= 2 and < FrameLength;
                if (!inLengthOrCheck)
                {
                    byte[] damaged = [.. file];
                    damaged[section + (bit / 8)] ^= (byte)(1 << (bit % 8));
                    Repair(damaged, section, length);
                    Assert.True(ByTheCodec(damaged) == BySecondDecoder(damaged), $"Bit {bit} of the section at {section}.");
                }
            }
        }
    }

    /// <summary>A model's header (8 bytes of length, then JSON) and its tensors.</summary>
    [Theory]
    [InlineData(0, 13_000, 263)]
    [InlineData(13_000, 190_000, 20_011)]
    public void BothDecodersSayTheSameOfAModel(int first, int last, int step)
    {
        for (long bit = 8L * first; bit < 8L * last; bit += step)
        {
            byte[] damaged = [.. FrozenModel.Bytes];
            damaged[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            Assert.True(ByTheCodecsModels(damaged) == BySecondDecodersModels(damaged), $"Bit {bit} of the model.");
        }
    }

    private static List<(int Section, int Length)> Sections(byte[] file)
    {
        List<(int Section, int Length)> sections = [];
        for (int section = PreambleLength; section < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(section + 2));
            sections.Add((section, length));
            section += FrameLength + length + CrcLength;
        }

        return sections;
    }

    private static void Repair(byte[] file, int section, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(section + 6), Crc32C.Low16(file.AsSpan(section, 6)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(section + FrameLength + length), Crc32C.Of(file.AsSpan(section, FrameLength + length)));
    }

    private static string ByTheCodec(byte[] file)
    {
        try
        {
            return Convert.ToHexStringLower(VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [FrozenModel.Default], Threads = 1 }).Pixels);
        }
        catch (VaeException)
        {
            return Refused;
        }
    }

    private static string BySecondDecoder(byte[] file)
    {
        try
        {
            return Convert.ToHexStringLower(FileDecoder.Decode(file, s_model.Value).PixelBytes);
        }
        catch (DecodingException)
        {
            return Refused;
        }
    }

    private static string ByTheCodecsModels(byte[] file)
    {
        try
        {
            return VaeModel.Load(file).Identity;
        }
        catch (VaeException)
        {
            return Refused;
        }
    }

    private static string BySecondDecodersModels(byte[] file)
    {
        try
        {
            return ModelFile.Load(file).Identity;
        }
        catch (DecodingException)
        {
            return Refused;
        }
    }
}
