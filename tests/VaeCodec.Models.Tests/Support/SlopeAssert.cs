namespace VaeCodec.Models.Tests.Support;

/// <summary>Holds a gradient against slopes.</summary>
internal static class SlopeAssert
{
    /// <summary>Fails unless the function's slope at a point is the gradient's part along every line that is tried: some single coordinates, and some random directions.</summary>
    /// <param name="gradient">The gradient at the point.</param>
    /// <param name="point">The point.</param>
    /// <param name="step">How far to go along a line: far enough against rounding, not so far that many activations bend.</param>
    /// <param name="function">The function.</param>
    public static void IsGradient(float[] gradient, float[] point, float step, Func<float[], double> function)
    {
        Random random = new(9);
        double size = Math.Sqrt(Dot(gradient, gradient));
        Assert.True(size > 0);
        for (int line = 0; line < 16; line++)
        {
            float[] direction = line < 8 ? Single(gradient.Length, random.Next(gradient.Length)) : Noise(random, gradient.Length);
            float length = (float)Math.Sqrt(Dot(direction, direction));
            double slope = (function(Moved(step)) - function(Moved(-step))) * length / (2 * step), expected = Dot(gradient, direction);
            Assert.True(Math.Abs(slope - expected) <= 0.01 * size * length, $"line {line}: slope {slope}, by the gradient {expected}; the gradient's length is {size}");

            float[] Moved(float distance) => [.. point.Zip(direction, (value, part) => value + (distance / length * part))];
        }
    }

    /// <summary>Values from -1 to 1.</summary>
    public static float[] Noise(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];

    /// <summary>The sum of products.</summary>
    public static double Dot(float[] left, float[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }

    private static float[] Single(int count, int index)
    {
        float[] direction = new float[count];
        direction[index] = 1;
        return direction;
    }
}
