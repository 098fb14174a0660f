namespace VaeCodec.Generation;

/// <summary>Ways between two codes.</summary>
public static class LatentInterpolation
{
    /// <summary>
    /// A point of the way between two codes that goes along a great circle, its distance from the origin changing evenly: codes of many dimensions lie near
    /// a sphere, and a straight way would cut through its inside, where the prior has next to no mass (White, Sampling Generative Networks, 2016, section 2.1).
    /// </summary>
    /// <param name="from">One code.</param>
    /// <param name="to">The other, as long.</param>
    /// <param name="place">0 is the one, 1 the other.</param>
    /// <exception cref="ArgumentException">They are of different lengths.</exception>
    public static float[] Spherical(IReadOnlyList<float> from, IReadOnlyList<float> to, double place)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.Count != to.Count)
        {
            throw new ArgumentException("The codes are of different lengths.", nameof(to));
        }

        double first = Norm(from), second = Norm(to);
        double cosine = first > 0 && second > 0 ? from.Zip(to, (a, b) => (double)a * b).Sum() / (first * second) : 1;
        double angle = Math.Acos(Math.Clamp(cosine, -1, 1));

        // Codes that point the same way, or opposite ways, have no circle of their own: the way is straight.
        bool isStraight = Math.Sin(angle) < 1e-6;
        double weightFrom = isStraight ? 1 - place : Math.Sin((1 - place) * angle) / Math.Sin(angle);
        double weightTo = isStraight ? place : Math.Sin(place * angle) / Math.Sin(angle);
        double length = ((1 - place) * first) + (place * second);
        float[] result = new float[from.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = isStraight
                ? (float)((weightFrom * from[i]) + (weightTo * to[i]))
                : (float)(length * ((weightFrom * from[i] / first) + (weightTo * to[i] / second)));
        }

        return result;
    }

    private static double Norm(IReadOnlyList<float> code) => Math.Sqrt(code.Sum(value => (double)value * value));
}
