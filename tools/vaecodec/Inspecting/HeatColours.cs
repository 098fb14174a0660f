namespace VaeCodec.Tool;

/// <summary>Colours for maps: from nearly black through violet and orange to pale yellow, each brighter than the one before, so that they also tell more from less in grey.</summary>
internal static class HeatColours
{
    private static readonly (double At, int Red, int Green, int Blue)[] s_stops =
    [
        (0, 4, 4, 20), (0.25, 75, 14, 108), (0.5, 185, 50, 84), (0.75, 249, 140, 12), (1, 252, 253, 180),
    ];

    /// <summary>A map as pixels, red, green, blue.</summary>
    /// <param name="values">The values.</param>
    /// <param name="most">The value that gets the brightest colour.</param>
    public static byte[] Paint(ReadOnlySpan<float> values, double most)
    {
        byte[] pixels = new byte[values.Length * 3];
        for (int i = 0; i < values.Length; i++)
        {
            double at = most > 0 ? Math.Clamp(values[i] / most, 0, 1) : 0;
            int stop = 1;
            while (stop < s_stops.Length - 1 && at > s_stops[stop].At)
            {
                stop++;
            }

            (double from, int red, int green, int blue) = s_stops[stop - 1];
            (double to, int redTo, int greenTo, int blueTo) = s_stops[stop];
            double share = (at - from) / (to - from);
            pixels[i * 3] = (byte)(red + ((redTo - red) * share));
            pixels[(i * 3) + 1] = (byte)(green + ((greenTo - green) * share));
            pixels[(i * 3) + 2] = (byte)(blue + ((blueTo - blue) * share));
        }

        return pixels;
    }

    /// <summary>The value that nearly all others are below: so that a few bright places do not darken the rest.</summary>
    public static double Most(ReadOnlySpan<float> values)
    {
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * 0.995)];
    }

    /// <summary>The colours as a CSS gradient from left to right.</summary>
    public static string Gradient => "linear-gradient(to right," + string.Join(',', s_stops.Select(stop => $"rgb({stop.Red} {stop.Green} {stop.Blue})")) + ")";
}
