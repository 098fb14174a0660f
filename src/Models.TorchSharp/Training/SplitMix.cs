namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>SplitMix64's finaliser (Steele, Lea, Flood, OOPSLA 2014): seeds of neighbouring steps must not be neighbours, or System.Random draws neighbours from them, too.</summary>
internal static class SplitMix
{
    public static ulong Of(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
