namespace VaeCodec.Lossless;

/// <summary>Red, green and blue as red, green less red, and blue less the mean of both: what is alike in them is coded once. Reversible in integers.</summary>
internal static class ColourDifferences
{
    /// <summary>A pixel's planes.</summary>
    public static (int First, int Second, int Third) Of(int red, int green, int blue) => (red, green - red, blue - ((red + green) >> 1));

    /// <summary>The pixel of its planes.</summary>
    public static (int Red, int Green, int Blue) From(int first, int second, int third)
    {
        int green = second + first;
        return (first, green, third + ((first + green) >> 1));
    }
}
