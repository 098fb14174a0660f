namespace VaeCodec.Lossless;

/// <summary>The rule that encoder and decoder share.</summary>
internal static class BinaryInterval
{
    /// <summary>The last value of the lower part, which stands for 1.</summary>
    public static uint Split(uint low, uint high, int probability) => low + (uint)(((ulong)(high - low) * (uint)probability) >> 16);
}
