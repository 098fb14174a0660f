namespace VaeCodec.Speed.Measuring;

/// <summary>Sides of the pictures that are measured.</summary>
internal static class SampleSize
{
    /// <summary>The sides of a picture of so many megapixels, 3:2.</summary>
    public static (int Width, int Height) Of(double megapixels)
    {
        int width = (int)Math.Round(Math.Sqrt(megapixels * 1e6 * 1.5));
        return (width, (int)Math.Round(megapixels * 1e6 / width));
    }
}
