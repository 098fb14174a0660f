namespace VaeCodec.Metrics.Structure;

/// <summary>One channel of a picture at one scale, readable row by row.</summary>
internal abstract class Plane(int width, int height)
{
    /// <summary>Samples in a row.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>Writes the samples of a row.</summary>
    public abstract void ReadRow(int row, Span<double> samples);

    /// <summary>
    /// The plane at half the size: means of 2 x 2 samples. Where a side is odd, its last row or column is taken twice.
    /// </summary>
    /// <param name="cancellationToken">Asked before each row.</param>
    public Plane Halve(CancellationToken cancellationToken)
    {
        int width = (Width + 1) / 2;
        int height = (Height + 1) / 2;
        float[] samples = new float[checked(width * height)];
        double[] upper = new double[width * 2];
        double[] lower = new double[width * 2];
        for (int row = 0; row < height; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadPadded(row * 2, upper);
            ReadPadded(Math.Min((row * 2) + 1, Height - 1), lower);
            Span<float> target = samples.AsSpan(row * width, width);
            for (int column = 0; column < width; column++)
            {
                int left = column * 2;
                target[column] = (float)((upper[left] + upper[left + 1] + lower[left] + lower[left + 1]) / 4);
            }
        }

        return new FloatPlane(samples, width, height);
    }

    private void ReadPadded(int row, double[] samples)
    {
        ReadRow(row, samples.AsSpan(0, Width));
        samples[^1] = samples[Width - 1];
    }
}
