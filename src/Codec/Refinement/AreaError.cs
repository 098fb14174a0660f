using System.Buffers.Binary;
using VaeCodec.Format;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec.Refinement;

/// <summary>The squared error of an area of a reconstruction, and its derivative with respect to each sample.</summary>
/// <remarks>What lies outside the picture does not count, and neither does how far a sample overshoots black or white, where decoders clamp it. A grey sample is the mean of three.</remarks>
internal sealed class AreaError(PictureDescription picture, WorkerTeam team) : IParallelWork
{
    private const int Side = ModelDescription.LatentStride;

    private float[] _pixels = [];
    private double[] _rows = [];
    private TileArea _area;
    private PixelRows? _original;

    /// <summary>Replaces pixels by the derivative of their squared error.</summary>
    /// <param name="area">The area, in latents.</param>
    /// <param name="original">The picture's rows.</param>
    /// <param name="pixels">In: the reconstruction, row, column, three channels; out: the derivatives.</param>
    /// <returns>The sum of the squared errors, 1 from black to white.</returns>
    public double Differentiate(TileArea area, PixelRows original, float[] pixels)
    {
        Run(area, original, pixels);
        double sum = 0;
        foreach (double row in _rows.AsSpan(0, area.Height * Side))
        {
            sum += row;
        }

        return sum;
    }

    /// <summary>Fills pixels with random signs where the picture is, as they weigh its samples, and with zeros elsewhere.</summary>
    /// <param name="area">The area, in latents.</param>
    /// <param name="pixels">Out: row, column, three channels.</param>
    public void Probe(TileArea area, float[] pixels) => Run(area, null, pixels);

    /// <summary>One row of pixels.</summary>
    /// <param name="item">Its number in the area.</param>
    void IParallelWork.Execute(int item)
    {
        int width = _area.Width * Side, y = (_area.Row * Side) + item, left = _area.Column * Side;
        int real = y < picture.Height ? Math.Min(width, picture.Width - left) : 0;
        Span<float> row = _pixels.AsSpan(item * width * 3, width * 3);
        row[(real * 3)..].Clear();
        row = row[..(real * 3)];
        bool grey = picture.Layout.ColourChannels() == 1;
        if (_original == null)
        {
            Probe(row, y, grey);
        }
        else if (real == 0)
        {
            _rows[item] = 0;
        }
        else
        {
            int pixelBytes = picture.Layout.BytesPerPixel();
            ReadOnlySpan<byte> samples = _original[y].Slice(left * pixelBytes, real * pixelBytes);
            _rows[item] = grey ? DifferentiateGrey(row, samples) : Differentiate(row, samples);
        }
    }

    private static void Probe(Span<float> row, int y, bool grey)
    {
        for (int i = 0; i < row.Length; i++)
        {
            bool positive = (ScatteredBits.Of((uint)y, (uint)(grey ? i / 3 : i), 0) & 1) == 0;
            row[i] = (positive ? 1 : -1) * (grey ? 1 / 3f : 1);
        }
    }

    private double Differentiate(Span<float> row, ReadOnlySpan<byte> samples)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            float value = row[i], clamped = Math.Clamp(value, -0.5f, 0.5f), error = clamped - Value(samples, i);
            sum += error * error;
            row[i] = clamped == value ? 2 * error : 0;
        }

        return sum;
    }

    private double DifferentiateGrey(Span<float> row, ReadOnlySpan<byte> samples)
    {
        double sum = 0;
        for (int i = 0; 3 * i < row.Length; i++)
        {
            Span<float> pixel = row.Slice(3 * i, 3);
            float value = (pixel[0] + pixel[1] + pixel[2]) / 3f, clamped = Math.Clamp(value, -0.5f, 0.5f), error = clamped - Value(samples, i);
            sum += error * error;
            pixel.Fill(clamped == value ? 2 * error / 3 : 0);
        }

        return sum;
    }

    private float Value(ReadOnlySpan<byte> samples, int at) => picture.Layout.BytesPerSample() == 1
        ? SampleConversion.FromByte(samples[at])
        : SampleConversion.FromWide(BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * at)..]), picture.MaxSample);

    private void Run(TileArea area, PixelRows? original, float[] pixels)
    {
        (_area, _original, _pixels) = (area, original, pixels);
        if (_rows.Length < area.Height * Side)
        {
            _rows = new double[area.Height * Side];
        }

        team.Run(area.Height * Side, this);
    }
}
