namespace VaeCodec.Imaging;

/// <summary>How densely a picture's pixels lie when it is printed or laid out. It travels as EXIF, which all formats but PNM carry; PNG (pHYs) and JFIF have fields of their own for it.</summary>
/// <param name="X">Pixels in a unit's length along a row, above 0.</param>
/// <param name="Y">Rows in a unit's length, above 0.</param>
/// <param name="Unit">The unit.</param>
internal readonly record struct PixelDensity(double X, double Y, PixelDensityUnit Unit)
{
    /// <summary>Centimetres in an inch.</summary>
    internal const double Inch = 2.54;

    /// <summary>What EXIF has for pictures whose density is not known, in pixels an inch (EXIF 3.0, 4.6.5.1.10).</summary>
    private const double Unknown = 72;

    /// <summary>Whether it says more than that pixels are square: programs write 72 an inch where they do not know.</summary>
    internal bool SaysSomething => X != Y || (Unit != PixelDensityUnit.None && Math.Abs((Unit == PixelDensityUnit.Centimetre ? X * Inch : X) - Unknown) > 0.02);

    /// <summary>This; null where it says nothing.</summary>
    internal PixelDensity? OrNull => SaysSomething ? this : null;
}
