using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>The codec and the second decoder, asked the same. Which of several faults they report is theirs to choose (section 2.11).</summary>
internal static class BothDecoders
{
    public const string Refused = "refused";

    private static readonly Lazy<ModelFile> s_model = new(() => ModelFile.Load(FrozenModel.Bytes));

    /// <summary>What the codec decodes a file to.</summary>
    public static string ByTheCodec(byte[] file)
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

    /// <summary>What the second decoder decodes a file to.</summary>
    public static string BySecondDecoder(byte[] file)
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

    /// <summary>What the codec decodes a file to, or the kind of failure.</summary>
    public static string VerdictOfTheCodec(byte[] file)
    {
        try
        {
            return Convert.ToHexStringLower(VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [FrozenModel.Default], Threads = 1 }).Pixels);
        }
        catch (VaeException refused)
        {
            return refused.Error.ToString();
        }
    }

    /// <summary>What the second decoder decodes a file to, or the kind of failure.</summary>
    public static string VerdictOfSecondDecoder(byte[] file)
    {
        try
        {
            return Convert.ToHexStringLower(FileDecoder.Decode(file, s_model.Value).PixelBytes);
        }
        catch (DecodingException refused)
        {
            return refused.Kind.ToString();
        }
    }

    /// <summary>Identity of a model by the codec.</summary>
    public static string ModelByTheCodec(byte[] file)
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

    /// <summary>Identity of a model by the second decoder.</summary>
    public static string ModelBySecondDecoder(byte[] file)
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
